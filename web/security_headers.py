"""What a browser is told to forbid itself, on every answer."""

from collections.abc import Mapping

from flask import Response, request

NOTHING = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"
OWN_FILES = "script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'"
PAGE = f"{NOTHING}; {OWN_FILES}"
POWERS = (
    "accelerometer", "autoplay", "browsing-topics", "camera", "display-capture",
    "encrypted-media", "fullscreen", "geolocation", "gyroscope", "hid", "idle-detection",
    "magnetometer", "microphone", "midi", "payment", "picture-in-picture",
    "publickey-credentials-get", "screen-wake-lock", "serial", "usb",
)  # fmt: skip
HEADERS: Mapping[str, str] = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": ", ".join(f"{power}=()" for power in POWERS),
}
YEAR = "max-age=31536000"
PROBLEM = "application/problem+json"


def with_security_headers(response: Response) -> Response:
    """Put the headers on an answer; a page that needs a policy of its own has set it."""
    response.headers.update(HEADERS)
    policy = PAGE if response.mimetype == "text/html" else NOTHING
    response.headers.setdefault("Content-Security-Policy", policy)
    if request.path.startswith("/api/") or response.mimetype == PROBLEM:
        response.headers["Cache-Control"] = "no-store"
    if request.is_secure:
        response.headers["Strict-Transport-Security"] = YEAR
    return response
