"""How fast does a folder of music come in, and how fast is a second look at it? Beside a rival, in turns, in one run.

    python bench/folder.py /srv/music
    python bench/folder.py /srv/music --peer-setup "rival init; rival add {library}" --peer "rival scan"

Each round makes a fresh site, takes the folder in, and looks at it again; a rival does the same in a fresh folder of
its own, where its commands are run by the shell. `--scratch` should lie on the disk of the music, so that files are
linked. Rates count from the start of the command to its end; `inside` leaves out the start of Python and of the site.
"""

import argparse
import os
import re
import resource
import shlex
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from fresh import fresh_environment

ROOT = Path(__file__).resolve().parents[1]
SAMPLE_S = 0.2
MOST_ROUNDS = 10
INSIDE = re.compile(r"([\d,]+) files in ([\d.,]+) s")


@dataclass(frozen=True)
class Measured:
    """What one command took: seconds by the clock and of the processors, the most memory of it and its children."""

    name: str
    wall_s: float
    cpu_s: float
    peak_mb: float
    inside_s: float | None
    files: int

    def __str__(self) -> str:
        inside = f"{self.files / self.inside_s:>9,.0f}" if self.inside_s else f"{'':>9}"
        rate = self.files / self.wall_s
        return f"{self.name:<14} {rate:>9,.0f} {inside} {self.wall_s:>8.1f} {self.cpu_s:>8.1f} {self.peak_mb:>8.0f}"


class Memory(threading.Thread):
    """Watches the memory of a process and all that it starts, shared pages counted once; 0 where there is no /proc."""

    def __init__(self, pid: int) -> None:
        super().__init__(daemon=True)
        self.pid = pid
        self.peak_kb = 0
        self.ended = threading.Event()

    def run(self) -> None:
        while not self.ended.wait(SAMPLE_S):
            self.peak_kb = max(self.peak_kb, sum(kilobytes(pid) for pid in family(self.pid)))


def family(pid: int) -> list[int]:
    """A process and its descendants."""
    try:
        tasks = Path(f"/proc/{pid}/task").iterdir()
        children = [int(child) for task in tasks for child in (task / "children").read_text().split()]
    except OSError:
        return []
    return [pid, *(one for child in children for one in family(child))]


def kilobytes(pid: int) -> int:
    try:
        found = re.search(r"^Pss:\s+(\d+)", Path(f"/proc/{pid}/smaps_rollup").read_text(), re.MULTILINE)
    except OSError:
        return 0
    return int(found[1]) if found else 0


def run(name: str, command: list[str], files: int, folder: Path, environment: dict[str, str]) -> Measured:
    """Run one command to its end; stops the whole run when it fails."""
    before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    with tempfile.TemporaryFile("w+") as said:
        process = subprocess.Popen(command, cwd=folder, env=environment, stdout=said, stderr=subprocess.STDOUT)
        memory = Memory(process.pid)
        memory.start()
        returncode = process.wait()
        wall_s = time.perf_counter() - began
        memory.ended.set()
        said.seek(0)
        output = said.read()
    if returncode != 0:
        raise SystemExit(f"{shlex.join(command)} ended with {returncode}:\n{output[-2000:]}")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu_s = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    found = INSIDE.search(output)
    inside_s = float(found[2].replace(",", "")) if found else None
    return Measured(name, wall_s, cpu_s, memory.peak_kb / 1024, inside_s, files)


def site(library: Path, scratch: Path, options: list[str]) -> tuple[list[str], dict[str, str]]:
    """The command that takes the library into a fresh site, whose database is made already."""
    environment = {**os.environ, **fresh_environment(scratch), "MUSICAPP_LOG_LEVEL": "ERROR"}
    flask = [sys.executable, "-m", "flask", "--app", "wsgi"]
    subprocess.run([*flask, "upgrade"], cwd=ROOT, env=environment, check=True, stdout=subprocess.DEVNULL)
    return [*flask, "catalog", "import", str(library), *options], environment


def count(library: Path) -> int:
    """How many files of the library are songs, by their names."""
    endings = (".mp3", ".flac", ".ogg", ".opus", ".m4a", ".wav", ".aif", ".aiff")
    return sum(name.lower().endswith(endings) for _, _, names in os.walk(library) for name in names)


def measure(chosen: argparse.Namespace, files: int, scratch: Path) -> Iterator[Measured]:
    """One round: first looks in turn, then second looks in turn."""
    ours, theirs = scratch / "site", scratch / "peer"
    ours.mkdir()
    theirs.mkdir()
    command, environment = site(chosen.library, ours, shlex.split(chosen.options))
    peer = ["sh", "-ec", chosen.peer.format(library=shlex.quote(str(chosen.library)))] if chosen.peer else None
    if peer and chosen.peer_setup:
        setup = chosen.peer_setup.format(library=shlex.quote(str(chosen.library)))
        subprocess.run(["sh", "-ec", setup], cwd=theirs, check=True, stdout=subprocess.DEVNULL)
    for look in ("import", "rescan"):
        yield run(look, command, files, ROOT, environment)
        if peer:
            yield run(f"peer {look}", peer, files, theirs, dict(os.environ))


def choices() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("library", type=Path, help="a folder of music; nothing in it is changed")
    parser.add_argument("--rounds", type=int, default=1, help=f"how often all is done, up to {MOST_ROUNDS}")
    parser.add_argument("--scratch", type=Path, help="a folder for the sites, emptied at the end")
    parser.add_argument("--options", default="", help="options of the import, such as '--publish --copy'")
    parser.add_argument("--peer", metavar="COMMAND", help="how a rival scans; {library} stands for the folder")
    parser.add_argument("--peer-setup", metavar="COMMAND", help="how it is made ready for each round")
    chosen = parser.parse_args()
    if not 1 <= chosen.rounds <= MOST_ROUNDS:
        parser.error(f"--rounds is from 1 to {MOST_ROUNDS}")
    if not chosen.library.is_dir():
        parser.error(f"{chosen.library} is no folder")
    chosen.library = chosen.library.resolve()
    return chosen


def main() -> int:
    chosen = choices()
    files = count(chosen.library)
    print(f"{files:,} files in {chosen.library}")
    print(f"{'':<14} {'files/s':>9} {'inside':>9} {'wall s':>8} {'cpu s':>8} {'MB':>8}")
    for _ in range(chosen.rounds):
        scratch = Path(tempfile.mkdtemp(prefix="folder-", dir=chosen.scratch))
        try:
            for measured in measure(chosen, files, scratch):
                print(measured, flush=True)
        finally:
            shutil.rmtree(scratch)
    return 0


if __name__ == "__main__":
    sys.exit(main())
