"""The log: JSON lines on stderr, of fields that are known to hold nothing personal."""

import logging
import sys
import threading
from collections.abc import MutableMapping
from traceback import extract_tb
from types import TracebackType
from typing import Any, TextIO

import structlog
from flask import has_request_context
from structlog.processors import JSONRenderer, TimeStamper, add_log_level

from web.services import request_id

FIELDS = frozenset(
    {
        *("timestamp", "level", "event", "request_id"),
        *("method", "route", "status", "duration_ms", "staff_id", "office"),
        *("error", "frames", "reason", "logger", "server_says"),
    }
)
log = structlog.get_logger()
Line = MutableMapping[str, Any]


def configure_logs(stream: TextIO | None = None) -> None:
    """Write the log of this process, and what its libraries log, as JSON lines."""
    structlog.configure(
        processors=[
            add_log_level,
            TimeStamper(fmt="iso", utc=True),
            with_request_id,
            only_known_fields,
            JSONRenderer(ensure_ascii=False),
        ],
        logger_factory=structlog.WriteLoggerFactory(stream or sys.stderr),
    )
    root = logging.getLogger()
    if not any(isinstance(each, LibraryLines) for each in root.handlers):
        root.addHandler(LibraryLines())
    logging.captureWarnings(capture=True)
    threading.excepthook = thread_failed


def with_request_id(_: Any, __: str, line: Line) -> Line:
    """Name the request in every line; a line of no request says so."""
    line.setdefault("request_id", request_id() if has_request_context() else None)
    return line


def only_known_fields(_: Any, __: str, line: Line) -> Line:
    """Drop every field that nobody has vouched for, and every value that is no plain one."""
    return {name: value for name, value in line.items() if name in FIELDS and _is_plain(value)}


def _is_plain(value: object) -> bool:
    if isinstance(value, list):
        return all(isinstance(each, str) for each in value)
    return value is None or isinstance(value, (str, int, float))


def frames(traceback: TracebackType | None) -> list[str]:
    """Return where it was, without words and values: they may be somebody's personal data."""
    return [f"{each.filename}:{each.lineno} {each.name}" for each in extract_tb(traceback)]


class LibraryLines(logging.Handler):
    """What a library logs: who, how grave and what kind of error, never its words."""

    def emit(self, record: logging.LogRecord) -> None:
        """Write a line of the log."""
        kind, _, traceback = record.exc_info or (None, None, None)
        told = self.told(record)
        log.log(
            record.levelno,
            "library",
            logger=record.name,
            error=kind and kind.__name__,
            frames=frames(traceback),
            **({"server_says": told} if told else {}),
        )

    def told(self, _: logging.LogRecord) -> str | None:
        """Return the words of the library where they can hold nothing personal."""
        return None


def thread_failed(failure: threading.ExceptHookArgs) -> None:
    """Say which kind of error ended a thread, and where."""
    log.error(
        "thread failed", error=failure.exc_type.__name__, frames=frames(failure.exc_traceback)
    )
