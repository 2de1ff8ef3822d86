"""A full disk refuses what it cannot keep, loses nothing, and heals alone."""

import os
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from bodies import GROUP
from running import Running, running

SIZE_MB = 160


@pytest.fixture
def small_disk() -> Iterator[Path]:
    """A disk of its own, small enough to be filled."""
    with tempfile.TemporaryDirectory(prefix="fo", dir="/tmp") as folder:
        mount = ["mount", "-t", "tmpfs", "-o", f"size={SIZE_MB}m", "tmpfs", folder]
        if os.geteuid() != 0 or subprocess.run(mount, check=False, capture_output=True).returncode:
            pytest.skip("Only root can mount a small disk.")
        try:
            yield Path(folder)
        finally:
            subprocess.run(["umount", "--lazy", folder], check=True)


def note(service: Running, path: str, version: int, key: str) -> int:
    """Write down a long contact; return the status of the answer."""
    body = {"channel": "visit", "told_about_office": True, "summary": f"{key} {'слово ' * 1500}"}
    answer = service.call(
        "POST", f"{path}/log-contact", body, If_Match=f'"{version}"', Idempotency_Key=key
    )
    return answer.status


def test_a_full_disk_refuses_loses_nothing_and_heals_alone(small_disk):
    with running(small_disk / "var", WORKERS="1") as service:
        path = service.call("POST", "/api/v1/organizations", GROUP).headers["Location"]
        filler = small_disk / "filler"
        _fill(filler)
        acknowledged = 0
        while (status := note(service, path, acknowledged + 1, f"n{acknowledged}")) == 200:
            acknowledged += 1
        assert status == 503

        filler.unlink()
        refused = f"n{acknowledged}"
        while note(service, path, acknowledged + 1, refused) == 503:
            continue
        told = service.call("GET", path).body["contacts"]
        assert [each["summary"].split()[0] for each in told] == [
            f"n{number}" for number in range(acknowledged + 1)
        ]


def _fill(path: Path) -> None:
    with path.open("wb", buffering=0) as file:
        try:
            while True:
                file.write(bytes(64 * 1024))
        except OSError:
            return
