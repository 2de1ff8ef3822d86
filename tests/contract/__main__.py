"""Try the interface for a while (`make fuzz`): prints what came of it, and how to repeat it."""

import os
import sys
import tempfile
from pathlib import Path

from fuzzing import fuzz
from running import running

MINUTES = int(os.environ.get("MINUTES", "15"))
OPTIONS = {
    "--max-examples": os.environ.get("EXAMPLES", "100"),
    "--max-time": str(MINUTES * 60) if MINUTES else "",
    "--seed": os.environ.get("SEED", ""),
}

with tempfile.TemporaryDirectory(prefix="fo", dir="/tmp") as name:
    folder = Path(name)
    with running(folder / "data", DEMO="1", SEAL_SECONDS="1") as service:
        given = [each for pair in OPTIONS.items() if pair[1] for each in pair]
        outcome = fuzz(service, folder, *given, output=None)
sys.stdout.write(f"{outcome.closing}\n")
sys.exit(outcome.code)
