"""A PostgreSQL that is not the embedded one: an older one of the system, where there is any."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest
from psycopg.conninfo import make_conninfo
from running import free_port

INSTALLED = Path("/usr/lib/postgresql")
PASSWORD = "тайна"


def _run(*command: object) -> None:
    """Run it as somebody who is not root, as PostgreSQL wants it."""
    user = "postgres" if os.geteuid() == 0 else None
    subprocess.run(list(map(str, command)), check=True, capture_output=True, user=user, cwd="/")


@contextmanager
def external_postgres() -> Iterator[str]:
    """Run one for as long as the block lasts; its users have to give their password."""
    found = sorted(INSTALLED.glob("*/bin"), key=lambda path: float(path.parent.name))
    if not found:
        pytest.skip("The system has no PostgreSQL of its own.")
    with tempfile.TemporaryDirectory(prefix="fo", dir="/tmp") as folder:
        home, data, port = Path(folder), Path(folder) / "data", free_port()
        (home / "password").write_text(PASSWORD, encoding="utf-8")
        if os.geteuid() == 0:
            shutil.chown(home, "postgres")
            shutil.chown(home / "password", "postgres")
        _run(found[0] / "initdb", "-D", data, "-U", "postgres", "-A", "scram-sha-256",
             f"--pwfile={home / 'password'}", "-E", "UTF8", "--locale=C.UTF-8")  # fmt: skip
        options = f"-p {port} -k {home} -c listen_addresses=127.0.0.1"
        _run(found[0] / "pg_ctl", "-D", data, "-o", options, "-l", home / "log", "-w", "start")
        try:
            yield make_conninfo(
                host="127.0.0.1", port=port, user="postgres", password=PASSWORD, dbname="postgres"
            )
        finally:
            _run(found[0] / "pg_ctl", "-D", data, "-m", "immediate", "-w", "stop")


def owned_database(server_url: str) -> tuple[str, str]:
    """Make a database whose owner is no superuser, and a login that owns nothing; return both URLs."""
    port = psycopg.conninfo.conninfo_to_dict(server_url)["port"]
    with psycopg.connect(server_url, autocommit=True) as connection:
        connection.execute(f"CREATE ROLE boss LOGIN CREATEROLE PASSWORD '{PASSWORD}'")
        connection.execute(f"CREATE ROLE clerk LOGIN NOINHERIT PASSWORD '{PASSWORD}'")
        connection.execute("CREATE DATABASE cases OWNER boss")
    return tuple(
        f"postgresql://{user}:{PASSWORD}@127.0.0.1:{port}/cases" for user in ("boss", "clerk")
    )
