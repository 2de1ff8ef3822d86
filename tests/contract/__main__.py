"""Try the interface for a while (`make fuzz`): prints what came of it, and how to repeat it."""

import os
import sys
import tempfile
from pathlib import Path

from fuzzing import fuzz
from running import running

MINUTES = os.environ.get("MINUTES", "15")
EXAMPLES = os.environ.get("EXAMPLES", "100")
SEED = os.environ.get("SEED", "1")

with tempfile.TemporaryDirectory(prefix="fo", dir="/tmp") as name:
    folder = Path(name)
    with running(folder / "data", DEMO="1") as service:
        outcome = fuzz(
            service,
            folder,
            *("--max-examples", EXAMPLES, "--seed", SEED),
            *(("--max-time", str(int(MINUTES) * 60)) if MINUTES != "0" else ()),
        )
sys.stdout.write(f"{outcome.said}\n{outcome.closing}\n")
sys.exit(outcome.code)
