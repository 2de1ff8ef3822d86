"""The port on which the service is to listen: taken, by whom, or free."""

import http.client
import socket
import time
from contextlib import closing
from http import HTTPStatus

from application.databases import StartRefused
from application.settings import Settings

# The workers of a service that was killed let go of its port within a few seconds.
PATIENCE_SECONDS = 5.0
PAUSE_SECONDS = 0.2
ANSWER_SECONDS = 2.0


def check_port(settings: Settings, patience: float = PATIENCE_SECONDS) -> None:
    """Refuse a port that stays taken, before anything is made that is told only once."""
    for _ in range(int(patience / PAUSE_SECONDS)):
        if port_fault(settings) is None:
            return
        time.sleep(PAUSE_SECONDS)
    if fault := port_fault(settings):
        message = (
            f"The service cannot listen on {settings.address} ({fault}).\n"
            "Stop what listens there, or set FRONTOFFICE_PORT to another port."
        )
        raise StartRefused(message)


def port_fault(settings: Settings) -> str | None:
    """Return why the service cannot listen, if it cannot."""
    kind = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    try:
        socket.create_server((settings.host, settings.port), family=kind).close()
    except OSError as error:
        return error.strerror
    return None


def answers(settings: Settings) -> bool:
    """Whether what listens there is a front office."""
    connection = http.client.HTTPConnection(settings.host, settings.port, timeout=ANSWER_SECONDS)
    try:
        with closing(connection):
            connection.request("GET", "/healthz", headers={"Host": settings.known_hosts[0]})
            return connection.getresponse().status == HTTPStatus.OK
    except (OSError, http.client.HTTPException):
        return False
