"""The server: gunicorn, with one set of services for each worker."""

from collections.abc import Callable
from contextlib import ExitStack
from typing import Any

from flask import Flask
from gunicorn.app.base import BaseApplication

from application import bootstrap
from application.settings import Settings
from web.app import create_app
from web.logs import configure_logs
from web.proxies import behind_proxies
from web.server_log import ServerLog
from web.upkeep import tidied_up
from web.worker import Worker

GRACE_SECONDS = 30
LIMITS = {
    "limit_request_line": 8190,  # A search or a cursor in Cyrillic has six bytes a letter.
    "limit_request_fields": 64,
    "limit_request_field_size": 8190,
    "sendfile": False,  # It would send past the time that an answer has.
}


class Server(BaseApplication):
    """gunicorn with our settings. Each worker builds its services after the fork."""

    def __init__(self, settings: Settings, database_url: str, on_ready: Callable[[], None]) -> None:
        self._settings = settings
        self._database_url = database_url
        self._on_ready = on_ready
        self._stack = ExitStack()
        super().__init__()

    @property
    def request_seconds(self) -> float:
        """The time in which a request has to arrive."""
        return self._settings.request_seconds

    def load_config(self) -> None:
        """Give gunicorn its settings."""
        options = {
            "bind": _bind(self._settings),
            "workers": self._settings.workers,
            "threads": self._settings.threads,
            "worker_class": Worker,
            "logger_class": ServerLog,
            **LIMITS,
            "graceful_timeout": GRACE_SECONDS,
            "keepalive": 5,  # A connection that says nothing holds no thread, but it ends.
            "control_socket_disable": True,  # It would lie in a folder shared by all gunicorns.
            "loglevel": "warning",
            "when_ready": lambda _server: self._on_ready(),
            "worker_exit": lambda _server, _worker: self._stack.close(),
        }
        for name, value in options.items():
            self.cfg.set(name, value)

    def load(self) -> Flask:
        """Build the application of one worker."""
        configure_logs()
        services = self._stack.enter_context(bootstrap.build(self._settings, self._database_url))
        self._stack.enter_context(tidied_up(services))
        app = create_app(services, self._settings.known_hosts)
        return behind_proxies(app, self._settings.proxies)


def _bind(settings: Settings) -> str:
    return settings.address.removeprefix("http://")


def run(settings: Settings, database_url: str, on_ready: Callable[[], None]) -> Any:
    """Serve until told to stop; return the exit code."""
    try:
        Server(settings, database_url, on_ready).run()
    except SystemExit as stop:
        return stop.code
    return 0
