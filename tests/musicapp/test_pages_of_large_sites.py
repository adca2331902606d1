"""Claims about the pages of who runs a large site: what they read does not grow with what the tables hold."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from musicapp.clock import now
from musicapp.database import db, writing
from musicapp.jobs.ledger import scheduled_kinds
from musicapp.jobs.models import Job, ScheduledRun
from musicapp.mail.models import Mail
from plugins.auth.models import Role, User, UserRole
from tests.conftest import on_one_database
from tests.people import add_person, sign_in

ROWS = 3_000
MOST_STEPS = 6_000
"""Of SQLite's machine for one statement: reading one of the tables whole takes twice as many."""
PAGES = ("/admin", "/health", "/people", "/people?held=waiting", "/people?role=admin", "/moderation", "/jobs")
LISTS = ("/jobs/done", "/outbox", "/outbox?of=sent", "/audit", "/audit?action=auth.role_given", "/moderation/decisions")


def rows() -> Iterator[tuple[Any, list[dict[str, Any]]]]:
    """What a busy site leaves behind, none of it in the 90 days of the overview."""
    before, numbers = now() - timedelta(days=400), range(1_000, 1_000 + ROWS)
    seen = {"password": "-", "created_at": before, "confirmed_at": before, "last_seen_at": before}
    emails = ((number, f"listener{number}@example.org") for number in numbers)
    yield User, [{"id": one, "name": "Nils", "email": email, "fs_uniquifier": email, **seen} for one, email in emails]
    role_id = db.session.scalar(sa.select(Role.id).where(Role.name == "user"))
    yield UserRole, [{"user_id": one, "role_id": role_id} for one in numbers]
    ended = {"payload": {}, "finished_at": before}
    yield Job, [{"kind": "site.tidy", "state": "done", **ended} for _ in numbers]
    sent = {"kind": "inbox.alert", "payload": {}, "state": "sent", "sent_at": before}
    yield Mail, [{"key": str(one), "address": f"listener{one}@example.org", **sent} for one in numbers]
    kind = scheduled_kinds()[0].kind
    yield ScheduledRun, [{"kind": kind, "period": str(one), "due_at": before} for one in numbers]


def steps_of(app: Flask, client: FlaskClient, path: str) -> list[tuple[int, str]]:
    """The statements of a page, each with the steps that it took, in hundreds."""
    found: list[tuple[int, str]] = []
    steps = 0

    def step() -> None:
        nonlocal steps
        steps += 100

    def before(connection: Any, *_: object) -> None:
        nonlocal steps
        steps = 0
        connection.connection.dbapi_connection.set_progress_handler(step, 100)

    def after(_connection: Any, _cursor: Any, statement: str, *_: object) -> None:
        found.append((steps, statement))

    with app.app_context():
        engine = db.engine
    sa.event.listen(engine, "before_cursor_execute", before)
    sa.event.listen(engine, "after_cursor_execute", after)
    try:
        assert client.get(path).status_code == 200
    finally:
        sa.event.remove(engine, "before_cursor_execute", before)
        sa.event.remove(engine, "after_cursor_execute", after)
    return found


@on_one_database
def test_no_page_reads_a_whole_table_that_grows(app: Flask, client: FlaskClient) -> None:
    sign_in(client, add_person(app, "Ada", role="admin"))
    with app.app_context():
        for table, values in rows():
            with writing() as unit:
                unit.execute(sa.insert(table), values)
    for path in (*PAGES, *LISTS):
        most, statement = max(steps_of(app, client, path))
        assert most < MOST_STEPS, f"{path}: {most} steps: {statement}"
