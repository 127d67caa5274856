"""The headers of every answer: pages, files, errors and redirects alike."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; report-uri /policy-report/"
)
# A file that is handed out never runs as a page of ours, whatever it holds.
FILE_POLICY = f"{POLICY}; sandbox"
_OFF = (
    "accelerometer", "autoplay", "browsing-topics", "camera", "clipboard-read", "display-capture",
    "encrypted-media", "fullscreen", "gamepad", "geolocation", "gyroscope", "hid", "idle-detection",
    "local-fonts", "magnetometer", "microphone", "midi", "payment", "picture-in-picture",
    "publickey-credentials-get", "screen-wake-lock", "serial", "usb", "xr-spatial-tracking",
)  # fmt: skip
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": ", ".join(f"{feature}=()" for feature in _OFF),
}
ONE_YEAR = 365 * 24 * 60 * 60


class HeadersMiddleware:
    """Outermost, so that no answer leaves without them."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        for name, value in HEADERS.items():
            response[name] = value
        is_file = response.get("Content-Disposition", "").startswith("attachment")
        response["Content-Security-Policy"] = FILE_POLICY if is_file else POLICY
        if not settings.INSECURE_LOCALHOST:
            response["Strict-Transport-Security"] = f"max-age={ONE_YEAR}"
        # Nothing of a town stays in a shared browser or proxy. Style sheets and scripts are the same for all.
        if not request.path.startswith(settings.STATIC_URL):
            response["Cache-Control"] = "no-store"
        return response
