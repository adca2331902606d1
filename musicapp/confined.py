"""Opening what a stranger sent: a process that has given up memory, time and files, so that no file can harm another.

Run as a script, it limits itself, loads one folder as a package, without the site and its framework, and calls `main`
of one of its modules with the words that are left. What it starts lives under the same limits. So nothing but the
standard library is imported here.
"""

import importlib
import resource
import sys
import types
import warnings
from dataclasses import astuple, dataclass
from pathlib import Path

SCRIPT = Path(__file__)
PACKAGE = "confined"
OPEN_FILES = 64


@dataclass(frozen=True)
class Limits:
    """What a process may take: memory in MB, CPU time in s, and the size in MB of files it writes (0: none at all).

    `addresses_mb` come on top of the memory for what takes addresses alone: libraries, mapped files, stacks of threads.
    """

    memory_mb: int
    cpu_s: int
    file_mb: int
    addresses_mb: int


def command(folder: Path, module: str, limits: Limits, *words: str) -> list[str]:
    """How to start a process that calls `main(*words)` of a module of this folder under these limits."""
    numbers = [str(number) for number in astuple(limits)]
    return [sys.executable, "-I", str(SCRIPT), *numbers, str(folder), module, *words]


def give_up(limits: Limits) -> None:
    """Lower the limits of this process, for good."""
    lower(resource.RLIMIT_DATA, limits.memory_mb << 20)
    lower(resource.RLIMIT_AS, (limits.memory_mb + limits.addresses_mb) << 20)
    lower(resource.RLIMIT_CPU, limits.cpu_s)
    lower(resource.RLIMIT_FSIZE, limits.file_mb << 20)
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


def main(memory_mb: str, cpu_s: str, file_mb: str, addresses_mb: str, folder: str, module: str, *words: str) -> None:
    """Call a module of a folder that is a package here under a name of its own, without running its `__init__`."""
    give_up(Limits(int(memory_mb), int(cpu_s), int(file_mb), int(addresses_mb)))
    warnings.simplefilter("ignore")
    package = types.ModuleType(PACKAGE)
    package.__path__ = [folder]
    sys.modules[PACKAGE] = package
    importlib.import_module(f"{PACKAGE}.{module}").main(*words)


if __name__ == "__main__":
    main(*sys.argv[1:])
