"""What do the pages of admins and moderators cost on a large site, and which of their questions read too much?

    python bench/admin.py
    python bench/admin.py --database postgresql+psycopg://user@host/empty --people 10000

A fresh site gets people, plays, cases with reports and decisions, an audit log, mails and jobs; then an admin opens
each page. Told are the time in the server and the statements of each, and every statement that reads more of a table
than a page shows: on SQLite by the steps that its machine takes, on PostgreSQL by the rows that it touches. There is no
Redis, so nothing is remembered from one page to the next. Exit status 0: no page was slower than `--ms`, and none read
too much.
"""

import argparse
import sqlite3
import sys
import tempfile
import time
from pathlib import Path
from statistics import median
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import sqlalchemy as sa
from busy_site import fill
from flask import Flask, url_for
from flask.testing import FlaskClient
from fresh import fresh_site

from musicapp.database import close_connections, db
from plugins.auth.services import entering

ASKED = 11
STEPS_AT_ONCE = 100
MOST_STEPS = 150_000
MOST_ROWS = 5_000
PAGES: tuple[tuple[str, str, dict[str, Any]], ...] = (
    ("overview", "site.overview", {}),
    ("health", "site.health_page", {}),
    ("people", "auth.people", {}),
    ("people by name", "auth.people", {"q": "ada"}),
    ("people by a name of one", "auth.people", {"q": "listener77777@"}),
    ("people suspended", "auth.people", {"held": "suspended"}),
    ("people leaving", "auth.people", {"held": "leaving"}),
    ("admins", "auth.people", {"role": "admin"}),
    ("person", "auth.person", {"person_id": 77}),
    ("queue", "moderation.queue", {}),
    ("queue of a kind", "moderation.queue", {"kind": "person"}),
    ("queue, mine", "moderation.queue", {"of": "mine"}),
    ("queue, appeals", "moderation.queue", {"of": "appeals"}),
    ("queue, overdue", "moderation.queue", {"of": "overdue"}),
    ("queue, closed", "moderation.queue", {"of": "closed"}),
    ("case", "moderation.case", {"case_id": 78}),
    ("decisions", "moderation.decisions", {}),
    ("transparency", "moderation.transparency", {}),
    ("audit log", "site.audit", {}),
    ("audit log of an act", "site.audit", {"action": "auth.role_given"}),
    ("audit log of somebody", "site.audit", {"who": "1"}),
    ("audit log of days", "site.audit", {"first": "2026-01-01", "last": "2026-01-02"}),
    ("outbox", "site.outbox", {}),
    ("outbox, failed", "site.outbox", {"of": "failed"}),
    ("outbox, sent", "site.outbox", {"of": "sent"}),
    ("outbox, sent to one", "site.outbox", {"of": "sent", "to": "listener777@"}),
    ("jobs", "site.jobs", {}),
    ("jobs done", "site.jobs_in", {"state": "done"}),
    ("statistics", "catalog.artist_statistics", {}),
)


class Reading:
    """What each statement of a page reads: SQLite's steps until the next one, or PostgreSQL's rows."""

    def __init__(self, engine: sa.Engine) -> None:
        self.engine = engine
        self.found: list[tuple[int, str]] = []
        self.steps = 0
        self.statement = ""
        self.watched: set[sqlite3.Connection] = set()
        sa.event.listen(engine, "before_cursor_execute", self.before)

    def step(self) -> None:
        self.steps += STEPS_AT_ONCE

    def before(self, connection: Any, cursor: Any, statement: str, parameters: Any, *_rest: object) -> None:
        raw = connection.connection.dbapi_connection
        if isinstance(raw, sqlite3.Connection):
            self.end_statement()
            self.statement = statement
            self.watched.add(raw)
            raw.set_progress_handler(self.step, STEPS_AT_ONCE)
        elif statement.startswith(("SELECT", "WITH")):
            cursor.execute(f"EXPLAIN (ANALYZE, FORMAT JSON) {statement}", parameters)
            self.found.append((rows_read(cursor.fetchone()[0][0]["Plan"]), statement))

    def end_statement(self) -> None:
        """Count what SQLite did for the last statement; most of it while its rows were fetched."""
        if self.statement:
            self.found.append((self.steps, self.statement))
        self.statement, self.steps = "", 0

    def stop(self) -> None:
        sa.event.remove(self.engine, "before_cursor_execute", self.before)
        self.end_statement()
        for raw in self.watched:
            raw.set_progress_handler(None, STEPS_AT_ONCE)


def rows_read(node: dict[str, Any]) -> int:
    """The most rows that one step of a plan touches, those that it throws away among them."""
    dropped = sum(number for name, number in node.items() if name.startswith("Rows Removed by"))
    own = int((node["Actual Rows"] + dropped) * node["Actual Loops"])
    return max([own, *(rows_read(below) for below in node.get("Plans", []))])


def measure(app: Flask, engine: sa.Engine, client: FlaskClient, ms: float) -> bool:
    """Print a line for each page; whether all of them were quick and read little."""
    most, unit = (MOST_STEPS, "steps") if engine.dialect.name == "sqlite" else (MOST_ROWS, "rows")
    all_well = True
    with app.test_request_context():
        paths = [(name, url_for(endpoint, **values)) for name, endpoint, values in PAGES]
    print(f"{'':26}   ms  worst  statements  most {unit} of one")
    for name, path in paths:
        seconds_of(client, path)
        times = [1000 * seconds_of(client, path) for _ in range(ASKED)]
        reading = Reading(engine)
        seconds_of(client, path)
        reading.stop()
        well = median(times) <= ms
        print(f"{name:26} {median(times):5.1f}  {max(times):5.1f}  {len(reading.found):10}  {max(reading.found)[0]:,}")
        for number, statement in reading.found:
            if number > most:
                well = False
                print(f"    {number:,} {unit}: {' '.join(statement.split())[:2600]}")
        all_well = all_well and well
    return all_well


def seconds_of(client: FlaskClient, path: str) -> float:
    began = time.perf_counter()
    answer = client.get(path)
    took = time.perf_counter() - began
    assert answer.status_code == 200, (path, answer.status_code)
    return took


def client_of(app: Flask, sign_in_id: str) -> FlaskClient:
    """A browser that is signed in."""
    client = app.test_client()
    with client.session_transaction() as session:
        session["_user_id"] = sign_in_id
    return client


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--people", type=int, default=100_000, help="how many accounts (at most 1000000)")
    parser.add_argument("--plays", type=int, default=1_000_000, help="how many plays (at most 10000000)")
    parser.add_argument("--cases", type=int, default=20_000, help="how many cases of moderation (at most 100000)")
    parser.add_argument("--acts", type=int, default=200_000, help="rows of the audit log; half as many mails and jobs")
    parser.add_argument("--ms", type=float, default=50, help="the longest that a page may take")
    parser.add_argument("--database", default="", help="an empty database other than a fresh SQLite file")
    chosen = parser.parse_args()
    for name, most in {"people": 1_000_000, "plays": 10_000_000, "cases": 100_000, "acts": 2_000_000}.items():
        if not 1_000 <= getattr(chosen, name) <= most:
            parser.error(f"--{name} is from 1,000 to {most:,}")
    with tempfile.TemporaryDirectory(prefix="admin-") as folder:
        app = fresh_site(folder, chosen.database)
        with app.app_context():
            began = time.perf_counter()
            fill(chosen.people, chosen.plays, chosen.cases, chosen.acts)
            engine = db.engine
            print(f"filled in {time.perf_counter() - began:.0f} s, {engine.dialect.name}")
            visit = entering.Visit("127.0.0.1", "bench")
            entered = entering.log_in("ada@example.org", "a long one for a bench", "session", visit)
        all_well = measure(app, engine, client_of(app, entered.sign_in_id), chosen.ms)
        close_connections(app)
    return 0 if all_well else 1


if __name__ == "__main__":
    sys.exit(main())
