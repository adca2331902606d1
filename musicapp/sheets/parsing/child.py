"""The process that opens a sheet which a stranger sent, so that no file can harm the one that asked.

Run as a script: `child.py PATH MEMORY_MB TIME_S WRITTEN_MB`. It writes one line of JSON a row to standard output,
`[number, [cells]]` with the number as a spreadsheet counts, then `{"notes": […]}` or `{"refused": sentence}`.
It loads the modules of its package alone, without the site and its framework.
"""

import importlib
import json
import resource
import sys
import types
import warnings
from pathlib import Path

PACKAGE = "parsing"
# What takes addresses and no memory: libraries, and stacks of threads that never run.
ADDRESSES_MB = 1024
OPEN_FILES = 64


def limit(memory_mb: int, time_s: int, written_mb: int) -> None:
    """Give up memory, time and the right to write more than this, for good."""
    lower(resource.RLIMIT_DATA, memory_mb << 20)
    lower(resource.RLIMIT_AS, (memory_mb + ADDRESSES_MB) << 20)
    lower(resource.RLIMIT_CPU, time_s)
    lower(resource.RLIMIT_FSIZE, written_mb << 20)
    lower(resource.RLIMIT_CORE, 0)
    lower(resource.RLIMIT_NOFILE, OPEN_FILES)


def lower(kind: int, wanted: int) -> None:
    """Lower one limit as far as the system can: macOS knows some of them by name only."""
    _, most = resource.getrlimit(kind)
    allowed = wanted if most == resource.RLIM_INFINITY else min(wanted, most)
    try:
        resource.setrlimit(kind, (allowed, allowed))
    except (ValueError, OSError):
        print(f"limit {kind} is not kept by this system", file=sys.stderr)


def load_package() -> None:
    """Make this folder importable as a package, under a name of its own and without the site around it."""
    package = types.ModuleType(PACKAGE)
    package.__path__ = [str(Path(__file__).resolve().parent)]
    sys.modules[PACKAGE] = package


def main(path: str, memory_mb: str, time_s: str, written_mb: str) -> None:
    """Write the rows of one file."""
    limit(int(memory_mb), int(time_s), int(written_mb))
    warnings.simplefilter("ignore")
    load_package()
    for line in importlib.import_module(f"{PACKAGE}.lines").lines_of(Path(path)):
        sys.stdout.write(json.dumps(line) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(*sys.argv[1:])
