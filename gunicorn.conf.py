"""How the pages are served, on a laptop and in an office alike; gunicorn finds it in its working directory."""

import fcntl
import gc
import ipaddress

import gunicorn.http.wsgi

worker_class = "gthread"
workers = 2
threads = 4
timeout = 60
graceful_timeout = 20
keepalive = 5
max_requests = 5_000
max_requests_jitter = 500
loglevel = "warning"
preload_app = True  # loaded once, and looked at by the doctor before the first page
control_socket_disable = True  # it would write outside the data folder
gunicorn.http.wsgi.SERVER = "web"  # gunicorn always sends a Server line: it shall name nothing


def on_starting(server):
    """Start only on a sound machine; say by a lock that the server is running."""
    from django.conf import settings
    from django.db import connections

    from planwizard.web import doctor

    wrong = [finding for finding in doctor.look(at_start=True) if not finding.is_good]
    if settings.INSECURE_LOCALHOST and not all(_is_here(address) for address in server.cfg.address):
        wrong.append(
            doctor.Finding(
                "暗号化しない設定のまま、ほかの端末から開けます", "--bind を 127.0.0.1 にしてください"
            )
        )
    if wrong:
        raise SystemExit("\n".join(doctor.line(finding) for finding in wrong))
    connections.close_all()  # each worker opens its own
    server.running_lock = open(settings.RUNNING_LOCK, "w")  # noqa: SIM115 (held until the process ends)
    fcntl.flock(server.running_lock, fcntl.LOCK_SH)


def post_fork(server, worker):
    """What was loaded before the fork is not looked through again by each collection, and a page's own objects go in
    bulk: a fifth of a page's time while ten people ask.
    """
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)


def _is_here(address) -> bool:
    """A path is a unix socket: of this machine by nature."""
    return isinstance(address, str) or ipaddress.ip_address(address[0]).is_loopback
