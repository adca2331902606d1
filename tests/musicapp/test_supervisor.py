"""Claims about the supervisor behind `make run`: a real Redis and a real granian, stand-ins for the app's own."""

import asyncio
import io
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest
import redis

from config import Config
from musicapp.redis import find_address
from musicapp.redis.address import noted_socket
from musicapp.supervisor.__main__ import ask_for_demo
from musicapp.supervisor.console import Console, Lines
from musicapp.supervisor.port import answers_ok, is_taken

ROOT = Path(__file__).resolve().parents[2]
PATIENCE_S = 60.0
needs_proc = pytest.mark.skipif(not Path("/proc/self/environ").exists(), reason="finds orphans through /proc")


class Site:
    """A supervised site of stand-ins; whatever it leaves behind is ended after the test."""

    def __init__(
        self, instance: Path, port: int, module: str = "tests.musicapp.stand_ins", only: str = "", **env: str
    ) -> None:
        self.instance = instance
        self.port = port
        self.log = instance.with_name(f"{instance.name}-{time.monotonic_ns()}.log").open("a+")
        self.supervisor = subprocess.Popen(
            [sys.executable, "-m", module, *(["--only", only] if only else [])],
            cwd=ROOT,
            env={**os.environ, "MUSICAPP_INSTANCE": str(instance), "PORT": str(port), **env},
            stdout=self.log,
            stderr=self.log,
        )

    @property
    def said(self) -> str:
        self.log.seek(0)
        return self.log.read()

    def until(self, claim: Callable[[], object]) -> None:
        patience = time.monotonic() + PATIENCE_S
        while not claim():
            assert time.monotonic() < patience, self.said
            time.sleep(0.02)

    def until_said(self, words: str) -> None:
        self.until(lambda: words in self.said)

    def end(self, how: int) -> int:
        self.supervisor.send_signal(how)
        return self.supervisor.wait(PATIENCE_S)

    @property
    def processes(self) -> dict[int, str]:
        """The command lines of all that was started for this instance, however deep, by process id."""
        return dict(alive(self.instance))

    def named(self, word: str) -> set[int]:
        return {number for number, words in self.processes.items() if word in words}


def alive(instance: Path) -> Iterator[tuple[int, str]]:
    """Processes that have this instance in their environment, or (Redis hides that) work inside its folder."""
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            marked = f"MUSICAPP_INSTANCE={instance}\0".encode() in (folder / "environ").read_bytes()
            if marked or (folder / "cwd").readlink().is_relative_to(instance):
                yield int(folder.name), (folder / "cmdline").read_text()
        except OSError:
            continue


def proportional_mb(process: int) -> float:
    """Memory of a process, where pages shared by several count for each in part."""
    lines = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()
    return sum(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024


def forks_named(site: Site, name: str) -> set[int]:
    """The processes of a site that go by this name, whatever their command line says."""
    return {pid for pid in site.processes if Path(f"/proc/{pid}/comm").read_text().strip() == name}


def open_files_of(pid: int) -> list[str]:
    """What a process has open, as far as it still has it while one looks."""
    names = []
    for entry in Path(f"/proc/{pid}/fd").iterdir():
        with suppress(FileNotFoundError):
            names.append(str(entry.readlink()))
    return names


@pytest.fixture
def port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        number: int = probe.getsockname()[1]
        return number


@pytest.fixture
def start(tmp_path: Path, port: int) -> Iterator[Callable[..., Site]]:
    """Starts sites of stand-ins, by default all for one instance and port."""
    sites: list[Site] = []

    def begin(name: str = "site", on: int = port, **env: str) -> Site:
        sites.append(Site(tmp_path / name, on, **env))
        return sites[-1]

    yield begin
    for site in sites:
        for process in site.processes:
            with suppress(ProcessLookupError):  # it may have ended since it was listed
                os.kill(process, signal.SIGKILL)
        site.supervisor.wait()
        site.log.close()
        if socket_path := noted_socket(site.instance):
            shutil.rmtree(socket_path.parent, ignore_errors=True)


@pytest.fixture
def ready(start: Callable[..., Site]) -> Site:
    site = start()
    site.until_said("/setup?token=once")
    return site


def test_a_ready_site_says_so_and_tells_a_second_one_what_stands_in_its_way(
    ready: Site, start: Callable[..., Site]
) -> None:
    said = ready.said
    assert f"musicapp is ready: http://localhost:{ready.port}\n" in said
    address = find_address(ready.instance, {})
    assert address
    assert f"\nworker | working with {address.cache_url} " in "\n" + said
    assert "\x1b" not in said
    assert ready.instance.stat().st_mode & 0o777 == 0o700
    same_instance, same_port = start(on=ready.port + 1), start("another")
    assert same_instance.supervisor.wait(PATIENCE_S) == same_port.supervisor.wait(PATIENCE_S) == 1
    assert f"already runs: process {ready.supervisor.pid}, http://localhost:{ready.port}" in same_instance.said
    assert f"Port {ready.port} on 127.0.0.1 is taken" in same_port.said


def test_web_and_worker_run_apart_where_they_have_a_redis_to_meet_in(start: Callable[..., Site]) -> None:
    homeless = start(only="web")
    assert homeless.supervisor.wait(PATIENCE_S) == 1
    assert "name it in MUSICAPP_REDIS_URL" in homeless.said
    given = {"MUSICAPP_REDIS_URL": "redis://127.0.0.1:1/0"}
    worker, web = start(only="worker", **given), start(only="web", **given)
    worker.until_said("working with redis://127.0.0.1:1/0")
    web.until_said("The web of musicapp runs.")
    assert len(web.named("worker-main")) == 1
    others = [start(only="worker", **given), start(on=web.port + 1, **given)]
    assert [other.supervisor.wait(PATIENCE_S) for other in others] == [1, 1]
    assert f"already runs: process {web.supervisor.pid}, " in others[1].said
    assert f"process {worker.supervisor.pid}, " in others[0].said
    assert worker.end(signal.SIGTERM) == web.end(signal.SIGTERM) == 0
    whole = start(**given)
    whole.until_said("musicapp is ready")


@needs_proc
def test_a_stop_leaves_no_process_and_loses_nothing_that_was_queued(start: Callable[..., Site]) -> None:
    for how, queued in ((signal.SIGINT, None), (signal.SIGTERM, b"song 7")):
        site = start()
        site.until_said("musicapp is ready")
        address = find_address(site.instance, {})
        assert address
        assert address.socket_path
        with redis.Redis.from_url(address.cache_url) as client:
            assert client.get("queued") == queued
            client.set("queued", "song 7")
        assert len(site.processes) >= 6
        assert site.end(how) == 0
        assert site.processes == {}
        assert not address.socket_path.parent.exists()
        assert not is_taken("127.0.0.1", site.port)


@needs_proc
def test_a_killed_supervisor_leaves_no_orphan_and_the_next_start_works(ready: Site, start: Callable[..., Site]) -> None:
    stubborn = ready.named("stubborn-helper")
    assert len(ready.processes.keys() - stubborn) >= 5
    ready.end(signal.SIGKILL)
    ready.until(lambda: ready.processes.keys() <= stubborn)
    start().until_said("musicapp is ready")


@needs_proc
def test_whatever_dies_is_started_again_with_a_sentence_and_nothing_of_it_lives_on(ready: Site) -> None:
    for name, marks in (
        ("worker", ["worker-main", "stubborn-helper"]),
        ("redis", ["unixsocket"]),
        ("web", ["granian"]),
    ):
        group = set().union(*map(ready.named, marks))
        os.kill(min(group), signal.SIGKILL)
        ready.until_said(f"{name:<6} | has ended by itself (killed by SIGKILL); it is started again in 1 s.")
        ready.until(lambda group=group: not group & ready.processes.keys())
    for mark in ("stubborn-helper", "unixsocket", "granian"):
        ready.until(lambda mark=mark: ready.named(mark))


@needs_proc
def test_a_site_that_never_gets_ready_says_so_and_leaves_nothing(start: Callable[..., Site]) -> None:
    site = start(STAND_IN="tests.musicapp.stand_in_app:no_such_app")
    assert site.supervisor.wait(PATIENCE_S) == 1
    assert "“web” ended 3 times before it was ready" in site.said
    assert "musicapp is ready" not in site.said
    assert site.processes == {}


@needs_proc
def test_the_real_site_starts_and_stops_clean_in_little_memory(start: Callable[..., Site]) -> None:
    site = start(module="musicapp.supervisor", MUSICAPP_SIT_URL="http://localhost")
    site.until_said("musicapp is ready")
    assert "MUSICAPP_SIT_URL is set, and nothing reads it. Did you mean MUSICAPP_SITE_URL?" in site.said
    site.until_said("It has no admin yet. Set it up here: http://localhost:")
    assert sum(map(proportional_mb, site.processes)) < 345
    web = forks_named(site, "musicapp web")
    assert len(web) == 1 + Config().web_workers
    assert forks_named(site, "musicapp worker")
    assert not any("supervisor.lock" in opened for pid in web for opened in open_files_of(pid))
    os.kill(min(web), signal.SIGKILL)
    site.until_said("web    | has ended by itself (killed by SIGKILL); it is started again in 1 s.")
    site.until(lambda: not web & site.processes.keys() and asyncio.run(answers_ok("127.0.0.1", site.port, "/readyz")))
    assert site.end(signal.SIGINT) == 0
    assert "Traceback" not in site.said
    assert site.processes == {}


def test_a_setting_that_cannot_be_used_is_named(start: Callable[..., Site]) -> None:
    site = start(PORT="many")
    assert site.supervisor.wait(PATIENCE_S) == 1
    assert "MUSICAPP_PORT cannot be used" in site.said
    assert "Traceback" not in site.said


@pytest.mark.parametrize(
    ("where", "says"),
    [
        ("secrets/secret_key/", "secrets/secret_key cannot be kept: Is a directory."),
        ("run", "cannot be used: File exists."),
        ("redis", "Redis cannot use"),
    ],
)
def test_an_instance_folder_that_cannot_be_used_is_told_once(
    start: Callable[..., Site], tmp_path: Path, where: str, says: str
) -> None:
    path = tmp_path / "site" / where
    path.parent.mkdir(parents=True)
    path.mkdir() if where.endswith("/") else path.touch()
    site = start()
    assert site.supervisor.wait(PATIENCE_S) == 1
    assert says in site.said
    assert len(site.said.splitlines()) == 1


def test_a_given_redis_is_used_and_none_is_started(start: Callable[..., Site]) -> None:
    site = start(MUSICAPP_REDIS_URL="redis://cache.invalid:6379/0")
    site.until_said("musicapp is ready")
    assert "working with redis://cache.invalid:6379/0" in site.said
    assert not site.named("unixsocket")


def test_a_port_that_would_be_shared_silently_counts_as_taken(port: int) -> None:
    with socket.socket() as sharing:
        sharing.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        sharing.bind(("127.0.0.1", port))
        sharing.listen(1)
        assert is_taken("127.0.0.1", port)
        assert is_taken("0.0.0.0", port)
    assert not is_taken("127.0.0.1", port)


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_colour_is_for_terminals_and_for_who_wants_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    terminal, file = Terminal(), io.StringIO()
    for out in (terminal, file):
        Console(out, ["web", "worker"]).line("web", "hello")
    assert file.getvalue() == "web    | hello\n"
    assert terminal.getvalue() == "\x1b[36mweb    |\x1b[0m hello\n"
    monkeypatch.setenv("NO_COLOR", "1")
    quiet = Terminal()
    Console(quiet, ["web", "worker"]).line("web", "hello")
    assert quiet.getvalue() == "web    | hello\n"


def test_lines_come_out_whole_however_they_arrive() -> None:
    async def read() -> list[str]:
        seen: list[str] = []
        lines = Lines(seen.append)
        for part in (b"on", b"e\ntwo\r\nth", b"r\xc3", b"\xa9e\n\xffrest"):
            lines.data_received(part)
        lines.connection_lost(None)
        return seen

    assert asyncio.run(read()) == ["one", "two", "thrée", "�rest"]


def test_the_demo_has_a_folder_and_an_admin_whose_password_stays(tmp_path: Path) -> None:
    first, again = ({"MUSICAPP_INSTANCE": str(tmp_path / "demo")} for _ in range(2))
    ask_for_demo(first)
    ask_for_demo(again)
    assert first == again
    assert (first["MUSICAPP_DEMO"], first["MUSICAPP_ADMIN_EMAIL"]) == ("1", "admin@example.org")
    assert len(first["MUSICAPP_ADMIN_PASSWORD"]) == 16
