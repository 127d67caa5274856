"""How the pages are served, on a laptop and in an office alike; found by gunicorn in its working directory."""

import fcntl
import ipaddress

worker_class = "gthread"
workers = 2
threads = 4
timeout = 60
graceful_timeout = 20
keepalive = 5
max_requests = 5_000
max_requests_jitter = 500
loglevel = "warning"
control_socket_disable = True  # it would write outside the data folder


def on_starting(server):
    """Refuse to show plain http beyond this machine; say by a lock that the server is running."""
    from django.conf import settings

    if settings.INSECURE_LOCALHOST and not all(_is_here(address) for address in server.cfg.address):
        raise SystemExit("PLANWIZARD_INSECURE_LOCALHOST=1 は 127.0.0.1 でだけ使えます。")
    server.running_lock = open(settings.RUNNING_LOCK, "w")  # noqa: SIM115 (held until the process ends)
    fcntl.flock(server.running_lock, fcntl.LOCK_SH)


def _is_here(address) -> bool:
    """A path is a unix socket: of this machine by nature."""
    return isinstance(address, str) or ipaddress.ip_address(address[0]).is_loopback
