"""How far a backup is, is told at a terminal, and nowhere else."""

import io
import sys

import pytest

from application.backups.progress import Phase
from web.cli_backup import Progress


@pytest.mark.parametrize("terminal", [True, False])
def test_a_terminal_is_told_how_far_it_is(monkeypatch, terminal):
    stderr = io.StringIO()
    monkeypatch.setattr(stderr, "isatty", lambda: terminal)
    monkeypatch.setattr(sys, "stderr", stderr)
    progress = Progress()
    for phase, count, total in (
        (Phase.COPYING, 100, 300),
        (Phase.COPYING, 1, 300),
        (Phase.COPYING, 199, 300),
        (Phase.FOLDING, 0, 0),
    ):
        progress(phase, count, total)
    told = "\rКопирование: 33 %\rКопирование: 100 %\n\rСверка дел: 0 %\n"
    assert stderr.getvalue() == (told if terminal else "")
