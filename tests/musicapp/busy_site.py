"""A process that writes to a site without pause until it is ended: `python -m tests.musicapp.busy_site WORK TOKEN`.

It says a line on its output once for each thing that it has done, so that a test can wait for the first.
"""

import io
import secrets
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from itertools import count
from subprocess import PIPE, Popen

from flask import Flask

from musicapp import create_app
from musicapp.clock import now
from musicapp.database import writing
from musicapp.storage import media_store
from plugins.catalog.models import Cover
from plugins.catalog.services.unworn_covers import remove_cover
from tests.plugins.catalog.music import SIDES, sound, upload

PICTURE_BYTES = 20_000


def uploads(app: Flask, token: str, number: int) -> None:
    """One more song, by the API."""
    answer = upload(app.test_client(), {"Authorization": f"Bearer {token}"}, sound(number), f"song {number}.mp3")
    assert answer.status_code == 202, answer.text


def plays(app: Flask, token: str, number: int) -> None:
    """One more play of the first song."""
    started_at = now() - timedelta(minutes=2 * number)
    heard = {
        "song_id": 1,
        "started_at": started_at.isoformat(),
        "heard_ms": 60_000,
        "completed": True,
        "source": "album",
    }
    headers = {"Authorization": f"Bearer {token}"}
    answer = app.test_client().post("/api/plays", json={"plays": [heard]}, headers=headers)
    assert answer.status_code < 300, answer.text


def pictures(app: Flask, token: str, number: int) -> None:
    """Two more pictures, of which one goes at once with its files."""
    with app.app_context():
        for goes in (False, True):
            content = [secrets.token_bytes(PICTURE_BYTES) for _ in SIDES]
            keys = [media_store().save(io.BytesIO(each), kind="covers", suffix=".webp").key for each in content]
            with writing() as unit:
                named = dict(zip(("key_96", "key_300", "key_600"), keys, strict=True))
                cover = Cover(source_sha256=secrets.token_hex(32), tint="13", **named)
                unit.add(cover)
                unit.flush()
                cover_id = cover.id
            if goes:
                remove_cover(cover_id)


WORKS: dict[str, list[Callable[[Flask, str, int], None]]] = {"people": [uploads, plays], "pictures": [pictures]}


@contextmanager
def at_work(environ: dict[str, str], token: str) -> Iterator[list[Popen[str]]]:
    """All of them at once, each of which has done something by the time the block is entered."""
    commands = [[sys.executable, "-m", "tests.musicapp.busy_site", work, token] for work in WORKS]
    processes = [Popen(command, env=environ, stdout=PIPE, text=True) for command in commands]
    try:
        for process in processes:
            assert process.stdout is not None
            assert process.stdout.readline() == "done\n"
        yield processes
        assert [process.poll() for process in processes] == [None] * len(processes)
    finally:
        for process in processes:
            process.kill()
            process.communicate()


def main(work: str, token: str) -> None:
    app = create_app()
    for number in count(1):
        for write in WORKS[work]:
            write(app, token, number)
        print("done", flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
