"""Many listeners hear a song at the speed of its sound while a page is asked for: what does each of them get?

    python bench/listeners.py --url http://127.0.0.1:5000/api/songs/1/audio --page http://127.0.0.1:5000/songs

Each listener is a connection that takes 40 KB/s and no faster, with a small receive buffer, as a phone's network
would. All start at once unless `--ramp` spreads them. A song that ends is played again. The page is asked for at
fixed times by another process, whether or not earlier answers have come (open loop), so that waiting shows.
Only the own machine is asked. Exit status 0: every listener was smooth and every page was answered.
"""

import argparse
import asyncio
import json
import multiprocessing
import os
import shlex
import signal
import socket
import statistics
import subprocess
import sys
import time
from dataclasses import dataclass
from multiprocessing.connection import Connection
from urllib.parse import urlsplit

TICK_S = 0.1
SMOOTH = 0.9
RECEIVE_BUFFER_BYTES = 32 * 1024
MOST_LISTENERS, MOST_SECONDS, MOST_RATE = 5000, 600, 200
PAGE_TIMEOUT_S = 10.0
LOOPBACK = ("127.0.0.1", "localhost", "::1")


class Target:
    """An address on this machine and the request for it."""

    def __init__(self, url: str, token: str | None) -> None:
        parts = urlsplit(url)
        if parts.scheme != "http" or parts.hostname not in LOOPBACK:
            raise SystemExit(f"Only http:// addresses of this machine are asked, not {url}")
        self.host, self.port = parts.hostname, parts.port or 80
        self.path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        self.token = token

    def request(self, *headers: str) -> bytes:
        lines = [f"GET {self.path} HTTP/1.1", f"Host: {self.host}:{self.port}", "Connection: close", *headers]
        if self.token:
            lines.append(f"Authorization: Bearer {self.token}")
        return ("\r\n".join(lines) + "\r\n\r\n").encode()

    def is_open(self) -> bool:
        try:
            socket.create_connection((self.host, self.port), timeout=1).close()
        except OSError:
            return False
        return True


@dataclass
class Listener:
    """What one listener was given."""

    song: Target
    bytes_per_s: int
    received_bytes: int = 0
    refusals: int = 0
    first_byte_s: float | None = None

    async def listen(self, starts_after_s: float, seconds: float) -> None:
        await asyncio.sleep(starts_after_s)
        began = time.monotonic()
        while time.monotonic() - began < seconds:
            try:
                await self._play(began, seconds)
            except OSError:
                self.refusals += 1
                await asyncio.sleep(TICK_S)

    async def _play(self, began: float, seconds: float) -> None:
        """Hear the song once, from a new connection."""
        loop = asyncio.get_running_loop()
        with socket.socket(socket.AF_INET6 if ":" in self.song.host else socket.AF_INET) as connection:
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, RECEIVE_BUFFER_BYTES)
            connection.setblocking(False)
            await loop.sock_connect(connection, (self.song.host, self.song.port))
            await loop.sock_sendall(connection, self.song.request("Range: bytes=0-"))
            is_new = True
            while (waited_s := time.monotonic() - began) < seconds:
                # Who fell behind may catch up by three ticks at once, as a player fills its buffer again.
                due_bytes = int(waited_s * self.bytes_per_s) + 1 - self.received_bytes
                try:
                    chunk = (
                        connection.recv(min(due_bytes, int(3 * TICK_S * self.bytes_per_s))) if due_bytes > 0 else None
                    )
                except BlockingIOError:
                    chunk = None
                if chunk == b"":
                    return
                if chunk:
                    if is_new and not chunk.startswith((b"HTTP/1.1 200", b"HTTP/1.1 206")):
                        raise ConnectionError(f"refused: {chunk[:40]!r}")
                    is_new = False
                    self.first_byte_s = self.first_byte_s or waited_s
                    self.received_bytes += len(chunk)
                await asyncio.sleep(TICK_S)


async def all_listen(song: Target, chosen: argparse.Namespace) -> list[Listener]:
    listeners = [Listener(song, chosen.bytes_per_s) for _ in range(chosen.listeners)]
    step_s = chosen.ramp / len(listeners)
    await asyncio.gather(*(one.listen(step_s * turn, chosen.seconds) for turn, one in enumerate(listeners)))
    return listeners


async def ask_page(page: Target, due: float) -> float | None:
    """Milliseconds from when the page was due until it was there; None if it did not come."""
    try:
        async with asyncio.timeout(PAGE_TIMEOUT_S):
            reader, writer = await asyncio.open_connection(page.host, page.port)
            try:
                writer.write(page.request())
                answer = await reader.read()
            finally:
                writer.close()
    except (OSError, TimeoutError):
        return None
    return (time.monotonic() - due) * 1000 if answer[9:10] in (b"2", b"3") else None


async def ask_pages(page: Target, rate: float, seconds: float) -> list[float | None]:
    began = time.monotonic()
    answers = []
    for turn in range(int(rate * seconds)):
        due = began + turn / rate
        await asyncio.sleep(max(0.0, due - time.monotonic()))
        answers.append(asyncio.create_task(ask_page(page, due)))
    return list(await asyncio.gather(*answers))


def probe(page: Target, rate: float, seconds: float, results: Connection) -> None:
    results.send(asyncio.run(ask_pages(page, rate, seconds)))


def measure(song: Target, page: Target, chosen: argparse.Namespace) -> tuple[list[Listener], list[float | None]]:
    """One run: the listeners here, the page from another process."""
    results, sender = multiprocessing.Pipe(duplex=False)
    whole_s = chosen.seconds + chosen.ramp
    prober = multiprocessing.Process(target=probe, args=(page, chosen.rate, whole_s, sender), daemon=True)
    prober.start()
    try:
        listeners = asyncio.run(all_listen(song, chosen))
        if not results.poll(PAGE_TIMEOUT_S + 5):
            raise SystemExit("The process that asks for the page did not end in time.")
        return listeners, results.recv()
    finally:
        prober.kill()


def report(listeners: list[Listener], pages: list[float | None], chosen: argparse.Namespace) -> bool:
    """Print the figures of the run; whether all were served well."""
    due_bytes = chosen.bytes_per_s * chosen.seconds
    received = sorted(one.received_bytes for one in listeners)
    smooth = sum(count >= SMOOTH * due_bytes for count in received)
    answered = sorted(ms for ms in pages if ms is not None)
    first_s = max((one.first_byte_s or chosen.seconds) for one in listeners)
    print(f"listeners  {len(listeners)} for {chosen.seconds:g} s at {chosen.bytes_per_s} bytes/s ({due_bytes:.0f} due)")
    print(f"smooth     {smooth} got at least {SMOOTH:.0%}; {sum(one.refusals for one in listeners)} refusals")
    print(f"received   min {received[0]}, median {statistics.median(received):.0f}, max {received[-1]} bytes")
    print(f"last start {first_s:.2f} s until the first byte of the one who waited longest")
    if answered:
        p50, p99 = (answered[min(len(answered) - 1, int(len(answered) * share))] for share in (0.5, 0.99))
        print(f"page       p50 {p50:.1f}, p99 {p99:.1f}, max {answered[-1]:.1f} ms")
    print(f"pages      {len(answered)} of {len(pages)} answered")
    if chosen.each:
        print(json.dumps(received))
    return smooth == len(listeners) and len(answered) == len(pages)


def start(command: str, page: Target) -> subprocess.Popen[bytes]:
    """Start the site and wait until it answers."""
    if page.is_open():
        raise SystemExit(f"Something listens on port {page.port} already; two servers would share it unnoticed.")
    site = subprocess.Popen(shlex.split(command), start_new_session=True)
    for _ in range(600):
        if asyncio.run(ask_page(page, 0)) is not None:
            return site
        if site.poll() is not None:
            break
        time.sleep(0.1)
    stop(site)
    raise SystemExit("The site did not start.")


def stop(site: subprocess.Popen[bytes]) -> None:
    for sign in (signal.SIGTERM, signal.SIGKILL):
        try:
            os.killpg(site.pid, sign)
            site.wait(10)
        except (ProcessLookupError, subprocess.TimeoutExpired):
            continue


def choices() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--url", required=True, help="address of a song's sound")
    parser.add_argument("--page", required=True, help="address of a page to ask for meanwhile")
    parser.add_argument("--listeners", type=int, default=500, help=f"how many listen at once, up to {MOST_LISTENERS}")
    parser.add_argument("--seconds", type=float, default=20, help=f"how long each listens, up to {MOST_SECONDS}")
    parser.add_argument("--bytes-per-s", type=int, default=40_000, help="how fast each takes the sound")
    parser.add_argument("--ramp", type=float, default=0, help="seconds over which they start; 0 is all at once")
    parser.add_argument("--rate", type=float, default=20, help=f"pages asked per second, up to {MOST_RATE}")
    parser.add_argument("--token", help="API token of a listener, where visitors may not listen")
    parser.add_argument("--start", metavar="COMMAND", help="start the site by this command, and stop it at the end")
    parser.add_argument("--each", action="store_true", help="also print the bytes that each listener got")
    chosen = parser.parse_args()
    bounds = {"listeners": MOST_LISTENERS, "seconds": MOST_SECONDS, "ramp": MOST_SECONDS, "rate": MOST_RATE}
    for name, most in bounds.items():
        if not (0 if name == "ramp" else 0.1) <= getattr(chosen, name) <= most:
            parser.error(f"--{name} is at most {most}")
    return chosen


def main() -> int:
    chosen = choices()
    song, page = Target(chosen.url, chosen.token), Target(chosen.page, chosen.token)
    site = start(chosen.start, page) if chosen.start else None
    try:
        listeners, pages = measure(song, page, chosen)
    finally:
        if site is not None:
            stop(site)
    return 0 if report(listeners, pages, chosen) else 1


if __name__ == "__main__":
    sys.exit(main())
