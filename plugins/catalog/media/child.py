"""The process that opens what a stranger sent, so that no file can harm the one that asked.

Run as a script: `child.py VERB MEMORY_MB TIME_S [FILE_MB]`, with lines of `[[path, name, wishes], …]` as JSON on
standard input, where wishes are what else the verb is told and may be left out. It answers one line of JSON a file, in
order, until its input ends. It loads the modules of its package alone, without the plugin and its framework. What it
starts lives under the same limits.
"""

import importlib
import json
import resource
import sys
import types
import warnings
from pathlib import Path

PACKAGE = "media"
# What takes addresses and no memory: libraries, and a file that is mapped.
ADDRESSES_MB = 192 + 1100
OPEN_FILES = 64


def limit(memory_mb: int, time_s: int, file_mb: int) -> None:
    """Give up memory, time and the right to write files larger than this (0: none at all), for good."""
    _lower(resource.RLIMIT_DATA, memory_mb << 20)
    _lower(resource.RLIMIT_AS, (memory_mb + ADDRESSES_MB) << 20)
    _lower(resource.RLIMIT_CPU, time_s)
    _lower(resource.RLIMIT_FSIZE, file_mb << 20)
    _lower(resource.RLIMIT_CORE, 0)
    _lower(resource.RLIMIT_NOFILE, OPEN_FILES)


def _lower(kind: int, wanted: int) -> None:
    """Lower one limit as far as the system can: macOS knows some of them by name only."""
    _, most = resource.getrlimit(kind)
    allowed = wanted if most == resource.RLIM_INFINITY else min(wanted, most)
    try:
        resource.setrlimit(kind, (allowed, allowed))
    except (ValueError, OSError):
        print(f"limit {kind} is not kept by this system", file=sys.stderr)


def load_package() -> None:
    """Make this folder importable as a package, under a name of its own and without running its `__init__`."""
    package = types.ModuleType(PACKAGE)
    package.__path__ = [str(Path(__file__).resolve().parent)]
    sys.modules[PACKAGE] = package


def main(verb: str, memory_mb: str, time_s: str, file_mb: str = "0") -> None:
    """Answer for each file named on standard input."""
    limit(int(memory_mb), int(time_s), int(file_mb))
    warnings.simplefilter("ignore")
    load_package()
    answer = importlib.import_module(f"{PACKAGE}.answers").answer
    for line in sys.stdin:
        for path, name, *wishes in json.loads(line):
            print(json.dumps(answer(verb, path, name, *wishes)), flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
