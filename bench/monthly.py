"""The month's reports of many listeners: time, memory and statements of the whole run, and of the mails behind it.

    python bench/monthly.py --users 1000 10000
    python bench/monthly.py --users 100000 --plays-each 10 --database postgresql+psycopg://user@host/empty

Each number of users has a fresh site, filled with so many listeners who heard so much in a month and the one before,
and a run of its own process, so that its memory can be told. Letters are written, not sent: some of them are timed.
"""

import argparse
import multiprocessing
import random
import resource
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import timedelta
from itertools import islice
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import sqlalchemy as sa
from flask import Flask
from fresh import fresh_site
from million import album_row, artist_row, song_rows
from vocabulary import Vocabulary

from musicapp.clock import now
from musicapp.database import db, session
from musicapp.pages import local
from plugins.auth.models import User
from plugins.catalog.models import Album, Artist, ListenerHour, Song, SongDay
from plugins.inbox.models import Alert
from plugins.inbox.services.letters import write_letter
from plugins.reports.models import MonthlyReport
from plugins.reports.services.monthly import make_month, span_of

PERIOD = "2026-10"
SEED = 1931
WORDS = 5_000
BATCH = 5_000
MB = 1024
LETTERS = 50
Row = dict[str, Any]


def site(folder: str, database: str) -> Flask:
    """A site with all plugins and a mail server that is never asked."""
    return fresh_site(folder, database, mail_server="127.0.0.1")


def fill(folder: str, chosen: argparse.Namespace, users: int) -> None:
    """Write listeners, songs and the sums of what was heard, past the services."""
    chance, vocabulary = random.Random(SEED), Vocabulary(WORDS, SEED)
    albums, artists = max(1, chosen.songs // 10), max(1, chosen.songs // 40)
    with site(folder, chosen.database).app_context(), db.engine.execution_options(writing=True).begin() as connection:
        insert(connection, User, (user_row(number) for number in range(1, users + 1)))
        insert(connection, Artist, (artist_row(number, vocabulary) for number in range(1, artists + 1)))
        insert(connection, Album, (album_row(number, artists, vocabulary) for number in range(1, albums + 1)))
        insert(connection, Song, song_rows(range(1, chosen.songs + 1), albums, artists, vocabulary))
        insert(connection, ListenerHour, hour_rows(users, chosen, chance))
        insert(connection, SongDay, day_rows(chosen.songs, chance))


def insert(connection: sa.Connection, table: Any, rows: Iterator[Row]) -> None:
    while batch := list(islice(rows, BATCH)):
        connection.execute(sa.insert(table), batch)


def user_row(number: int) -> Row:
    moment = now()
    return {
        "id": number,
        "name": f"Listener {number}",
        "email": f"listener{number}@example.org",
        "password": "-",
        "active": True,
        "confirmed_at": moment,
        "created_at": moment,
        "fs_uniquifier": f"{number:032}",
    }


def hour_rows(users: int, chosen: argparse.Namespace, chance: random.Random) -> Iterator[Row]:
    """What each listener heard in the month and the one before, some songs again and again; in the order of the key."""
    span = span_of(PERIOD)
    days = (span.last - span.before_first).days
    for user_id in range(1, users + 1):
        liked = [chance.randint(1, chosen.songs) for _ in range(8)]
        heard = {
            (chance.randint(0, days), chance.randint(7, 22), chance.choice([*liked, chance.randint(1, chosen.songs)]))
            for _ in range(2 * chosen.plays_each)
        }
        for day, hour, song_id in sorted(heard):
            on = span.before_first + timedelta(days=day)
            yield {"user_id": user_id, "day": on, "hour": hour, "song_id": song_id, "plays": 1, "heard_ms": 180_000}


def day_rows(songs: int, chance: random.Random) -> Iterator[Row]:
    span = span_of(PERIOD)
    for song_id in range(1, songs + 1):
        for day in sorted(chance.sample(range(span.days), 5)):
            on = span.first + timedelta(days=day)
            yield {"song_id": song_id, "day": on, "plays": 3, "heard_ms": 540_000}


def measure(folder: str, database: str, answers: Any) -> None:
    """Make the month's reports, and tell what it cost; then write some letters."""
    app = site(folder, database)
    statements = 0

    def count(*_: object) -> None:
        nonlocal statements
        statements += 1

    with app.app_context():
        local(now())
        sa.event.listen(db.engine, "before_cursor_execute", count)
        before_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / MB
        began, began_cpu = time.perf_counter(), time.process_time()
        made = make_month(PERIOD, lambda _done: None)
        took_s, cpu_s = time.perf_counter() - began, time.process_time() - began_cpu
        grown_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / MB - before_mb
        sa.event.remove(db.engine, "before_cursor_execute", count)
        size = sa.func.avg(sa.func.length(sa.cast(MonthlyReport.sections, sa.Text)))
        bytes_each = session().scalar(sa.select(size)) or 0
        ms_a_letter = write_letters(app)
        answers.send((made, took_s, cpu_s, statements, grown_mb, float(bytes_each), ms_a_letter))


def write_letters(app: Flask) -> float:
    """How many ms of processor time a letter takes to be written, its pictures drawn."""
    ids = list(session().scalars(sa.select(Alert.id).order_by(Alert.id).limit(LETTERS)))
    began = time.process_time()
    with app.test_request_context(base_url=app.config["SITE_URL"]):
        written = sum(write_letter(alert_id) is not None for alert_id in ids)
    return 1000 * (time.process_time() - began) / max(written, 1)


def in_process(what: Any, *given: Any) -> None:
    """Run something in a process of its own, which must end well."""
    process = multiprocessing.get_context("spawn").Process(target=what, args=given)
    process.start()
    process.join()
    if process.exitcode:
        raise SystemExit(f"{what.__name__} failed.")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--users", type=int, nargs="+", default=[1_000, 2_000], help="numbers of listeners, in turn")
    parser.add_argument("--plays-each", type=int, default=10, help="songs that each heard in the month")
    parser.add_argument("--songs", type=int, default=2_000, help="songs of the site")
    parser.add_argument("--database", default="", help="an empty database other than a fresh SQLite file; one number")
    chosen = parser.parse_args()
    print("   users  reports        s    CPU s  statements  each  grown MB  bytes each  ms a letter")
    for users in chosen.users[:1] if chosen.database else chosen.users:
        with tempfile.TemporaryDirectory(prefix="monthly-") as folder:
            in_process(fill, folder, chosen, users)
            receiving, sending = multiprocessing.Pipe(duplex=False)
            in_process(measure, folder, chosen.database, sending)
            made, took_s, cpu_s, statements, grown_mb, bytes_each, ms_a_letter = receiving.recv()
            print(
                f"{users:8,} {made:8,} {took_s:8.1f} {cpu_s:8.1f} {statements:11,} {statements / made:5.2f}"
                f" {grown_mb:9.1f} {bytes_each:11,.0f} {ms_a_letter:12.1f}"
            )


if __name__ == "__main__":
    main()
