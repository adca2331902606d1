"""Claims about what breaks: it is counted without being in the way, and nothing that people typed is kept of it."""

from pathlib import Path

import sqlalchemy as sa
from flask import Flask

from musicapp.database import session, writing
from musicapp.faults.models import Fault
from musicapp.faults.noting import FaultsOfRequests
from musicapp.faults.services import faults_by_day, forget_old
from musicapp.jobs.queue import claim, enqueue
from musicapp.jobs.running import run
from musicapp.numbers.asking import today
from tests.conftest import AppMaker
from tests.people import add_person, sign_in

BREAKS = """
from flask import request
from musicapp import Plugin
from musicapp.errors import NotFound, Unavailable
from musicapp.jobs.running import GiveUp

plugin = Plugin("breaks", __name__)


@plugin.get("/<word>", permission="public")
def index(word):
    raise ValueError(f"{word} {request.args}")


@plugin.get("/away", permission="public")
def away():
    raise Unavailable("Not now.")


@plugin.get("/refused", permission="public")
def refused():
    raise NotFound("No.")


@plugin.job("breaks.work")
def work(job, whose):
    raise GiveUp(f"No work for {whose}.")
"""


def breaking(make_app: AppMaker, tmp_path: Path) -> Flask:
    folder = tmp_path / "instance" / "plugins"
    folder.mkdir(parents=True)
    (folder / "breaks.py").write_text(BREAKS)
    return make_app(testing=False, log_level="ERROR")


def rows() -> list[tuple[str, str, str, int]]:
    """What is kept of all that broke."""
    kept = sa.select(Fault.source, Fault.doing, Fault.kind, Fault.times).order_by(Fault.doing)
    return [tuple(row) for row in session().execute(kept)]


def rename(before: str, after: str) -> None:
    with writing() as unit:
        unit.execute(sa.text(f"ALTER TABLE {before} RENAME TO {after}"))


def test_what_breaks_is_counted_by_its_kind_and_its_words_are_not_kept(make_app: AppMaker, tmp_path: Path) -> None:
    app = breaking(make_app, tmp_path)
    admin = add_person(app, role="admin")
    client = app.test_client()
    for path in ("/breaks/secret", "/breaks/other", "/breaks/away", "/breaks/refused", "/no-such-page"):
        client.get(path, headers={"X-Request-Id": "a-request-of-mira"})
    faults: FaultsOfRequests = app.extensions["faults"]
    with app.app_context():
        rename("site_fault", "site_fault_away")
        faults.write()
        rename("site_fault_away", "site_fault")
        faults.write()
        with writing():
            job_id = enqueue("breaks.work", {"whose": "secret"})
        held = claim(job_id or 0, long=False)
        assert held is not None
        run(held)
        assert rows() == [
            ("request", "breaks.away", "musicapp.errors.Unavailable", 1),
            ("request", "breaks.index", "ValueError", 2),
            ("job", "breaks.work", "musicapp.jobs.running.GiveUp", 1),
        ]
        assert faults_by_day("request", today(), today()) == {today(): 3}
        everything = [str(value) for fault in session().scalars(sa.select(Fault)) for value in vars(fault).values()]
        assert not any("secret" in value for value in everything)
    faults.timer and faults.timer.cancel()
    sign_in(client, admin)
    page = client.get("/admin").text
    assert "breaks.index" in page and "2 times that day" in page and "a-request-of-mira" in page
    assert "breaks.py, line 12" in page
    assert "Job breaks.work" in page
    with app.app_context():
        forget_old(today())
        assert len(rows()) == 3
