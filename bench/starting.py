"""How long does a site take from `make run` to its first page, and how much memory does it then take?

    python bench/starting.py
    python bench/starting.py --rounds 5 --pages 40

Each round starts a site in the same fresh folder and stops it again; the first of them makes the tables too. Memory is
the proportional set size: pages that several processes share count once. It is told when the site is ready, and again
after so many pages were asked for. Linux only.
"""

import argparse
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from fresh import fresh_environment

ROOT = Path(__file__).resolve().parent.parent
PATIENCE_S = 120
PAGES = ("/", "/songs", "/albums", "/artists", "/login", "/search?q=a")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def processes_of(pid: int) -> Iterator[int]:
    """A process and all that it started, however deep."""
    yield pid
    for task in Path(f"/proc/{pid}/task").iterdir():
        for child in (task / "children").read_text().split():
            yield from processes_of(int(child))


def proportional_mb(pid: int) -> float:
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    return sum(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024


def processor_s(pid: int) -> float:
    """The processor time that a process and all that it started have taken, which a busy machine does not lengthen."""
    ticks = 0
    for one in processes_of(pid):
        fields = Path(f"/proc/{one}/stat").read_text().rpartition(")")[2].split()
        ticks += sum(map(int, fields[11:15]))
    return ticks / os.sysconf("SC_CLK_TCK")


def told(pid: int) -> str:
    """The memory of a site: in all, and each of its processes."""
    each = [proportional_mb(one) for one in processes_of(pid)]
    return f"{sum(each):5.0f} MB in {len(each)} processes ({', '.join(f'{one:.0f}' for one in each)})"


def ask(url: str) -> float:
    """Seconds that a page took."""
    began = time.perf_counter()
    with urllib.request.urlopen(url, timeout=PATIENCE_S) as answer:
        answer.read()
    return time.perf_counter() - began


def start(folder: str, port: int) -> tuple[subprocess.Popen[bytes], str]:
    """A site, and what it took until its first page came, and the next one."""
    environment = {**os.environ, **fresh_environment(folder, port)}
    began = time.perf_counter()
    command = [sys.executable, "-m", "musicapp.supervisor"]
    site = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    url = f"http://127.0.0.1:{port}"
    while site.poll() is None and time.perf_counter() - began < PATIENCE_S:
        try:
            ask(f"{url}/login")
        except OSError:
            time.sleep(0.01)
        else:
            took_s, cpu_s = time.perf_counter() - began, processor_s(site.pid)
            next_ms = 1000 * ask(f"{url}/songs")
            return site, f"first page after {took_s:.2f} s and {cpu_s:.2f} s of processor, the next in {next_ms:.0f} ms"
    site.kill()
    raise SystemExit("The site did not start; run it by hand to see why.")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=3, help="starts after the first one (at most 20)")
    parser.add_argument("--pages", type=int, default=60, help="pages asked for before memory is told again")
    parser.add_argument("--settle", type=float, default=3.0, help="seconds of rest before memory is told")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="starting-") as folder:
        for number in range(min(chosen.rounds, 20) + 1):
            port = free_port()
            site, began = start(folder, port)
            try:
                time.sleep(chosen.settle)
                at_rest = told(site.pid)
                for turn in range(chosen.pages):
                    ask(f"http://127.0.0.1:{port}{PAGES[turn % len(PAGES)]}")
                name = "again" if number else "new"
                print(f"{name:5} {began}")
                print(f"      ready    {at_rest}\n      {chosen.pages:2} pages {told(site.pid)}", flush=True)
            finally:
                site.send_signal(signal.SIGINT)
                site.wait(PATIENCE_S)


if __name__ == "__main__":
    main()
