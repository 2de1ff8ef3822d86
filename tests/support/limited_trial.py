"""A verifier in a process of its own, with so much more memory and processor time and no more.

    python limited_trial.py <folder> <product | second> <MiB>

The folder has bundles, a policy and an earlier checkpoint. A line of JSON is printed for each
bundle: its name, and what the verifier says of it.
"""

import contextlib
import gc
import json
import resource
import sys
from functools import lru_cache
from pathlib import Path

SECONDS = 120  # Of processor time, for all: whoever goes on and on is killed.


def trial(folder: Path, who: str, mib: int) -> None:
    """Let a verifier look at all bundles of the folder."""
    look = _product if who == "product" else _second
    look(folder, folder / "good.zip")  # So that everything is loaded.
    pages = int(Path("/proc/self/statm").read_text("ascii").split()[0])
    most = pages * resource.getpagesize() + (mib << 20)
    resource.setrlimit(resource.RLIMIT_AS, (most, most))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    with contextlib.suppress(MemoryError):
        sys.exit(f"{len(bytearray(mib + 32 << 20))} bytes were given, and should not have been")
    gc.freeze()
    for bundle in sorted(folder.glob("*.zip")):
        sys.stdout.write(json.dumps([bundle.stem, look(folder, bundle)]) + "\n")
        gc.collect()


def _product(folder: Path, bundle: Path) -> list[str]:
    from judging import run, verify  # noqa: PLC0415  Each process loads what it tries.

    if not hasattr(verify.signature_fits, "cache_info"):  # The same checkpoint, again and again.
        verify.signature_fits = lru_cache(verify.signature_fits)

    files = ["--policy", str(folder / "policy.txt"), "--checkpoint", str(folder / "earlier")]
    code, said = run([str(bundle), *files, "--language", "en"])
    return [f"code {code}", *said.splitlines()[1:]] if code else []


def _second(folder: Path, bundle: Path) -> list[str]:
    from second_verifier import faults  # noqa: PLC0415  Each process loads what it tries.

    policy = (folder / "policy.txt").read_text("utf-8")
    return faults(bundle.read_bytes(), policy, (folder / "earlier").read_bytes())


if __name__ == "__main__":
    trial(Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]))
