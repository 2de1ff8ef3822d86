"""Services that run as a process of their own."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from running import Running, running


@pytest.fixture
def data_dir() -> Iterator[Path]:
    """A folder with a short name: a socket's path has at most 107 bytes."""
    with tempfile.TemporaryDirectory(prefix="fo", dir="/tmp") as folder:
        yield Path(folder)


@pytest.fixture(scope="module")
def service() -> Iterator[Running]:
    """A running service with an empty case file."""
    with (
        tempfile.TemporaryDirectory(prefix="fo", dir="/tmp") as folder,
        running(Path(folder)) as it,
    ):
        yield it
