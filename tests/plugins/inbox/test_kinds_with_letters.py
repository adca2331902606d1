"""Claims about kinds of alerts that are mailed only, with letters of their own, until their reader says no."""

from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from musicapp.database import db, writing
from musicapp.mail.models import Mail
from plugins.inbox.services import tell
from tests.conftest import AppMaker
from tests.musicapp.plugins.in_a_folder import forgotten_afterwards
from tests.people import Somebody, bearer
from tests.plugins.auth.conftest import sent_by

WEEKLY = '''
"""A kind that is mailed to everybody each week, with a picture."""

from musicapp import Plugin
from musicapp.blocks import Section, Series, Words

plugin = Plugin("weekly", __name__, requires=["inbox"])
heard = Series("Plays a day", ["Mon", "Tue"], [3, 5])


def letter(person_id, key):
    return None if key == "nothing" else (f"Your week {key}", [Section("Heard", [Words(f"By {person_id}."), heard])])


@plugin.contributes(
    "inbox.kind", name="weekly.report", title="Weekly reports", email=lambda: True, page=False, letter=letter
)
def for_everybody(person):
    return True
'''


@pytest.fixture
def app(make_app: AppMaker, tmp_path: Path) -> Flask:
    """A site with such a kind, and a mail server that keeps what it is given."""
    folder = tmp_path / "instance" / "plugins"
    folder.mkdir(parents=True)
    (folder / "weekly.py").write_text(WEEKLY)
    with forgotten_afterwards():
        app = make_app(plugins=["auth", "inbox", "weekly"], mail_server="smtp.example.org")
    app.extensions["mailman"].backend = "locmem"
    return app


def report(app: Flask, key: str, *people: Somebody) -> None:
    with app.app_context(), writing():
        tell([one.id for one in people], "weekly.report", key=key, text="Your weekly report.")


def test_such_a_kind_is_mailed_with_its_pictures_and_never_in_the_inbox(
    app: Flask, client: FlaskClient, mira: Somebody, nils: Somebody
) -> None:
    as_mira = bearer(app, mira)
    no = {"preferences": {"weekly.report": {"email": False}}}
    assert client.put("/api/inbox/preferences", json=no, headers=bearer(app, nils)).status_code == 200
    in_inbox = {"preferences": {"weekly.report": {"page": True}}}
    assert client.put("/api/inbox/preferences", json=in_inbox, headers=as_mira).status_code == 422
    report(app, "47", mira, nils)
    report(app, "47", mira, nils)
    [mail] = sent_by(app)
    assert (mail.to, mail.subject) == ([mira.email], "Your week 47 – musicapp")
    assert f"By {mira.id}." in mail.body and "you have an account here" in mail.body
    with app.app_context():
        [picture] = [part for part in mail.message().walk() if part.get_content_type() == "image/png"]
    assert f"cid:{picture['Content-ID'].strip('<>')}" in mail.alternatives[0][0]
    assert picture.get_payload(decode=True).startswith(b"\x89PNG")
    assert client.get("/api/inbox", headers=as_mira).json["data"] == []  # type: ignore[index]
    way_out = mail.extra_headers["List-Unsubscribe"].strip("<>").removeprefix(app.config["SITE_URL"])
    assert app.test_client().post(way_out).status_code == 200
    report(app, "48", mira)
    assert len(sent_by(app)) == 1


def test_a_letter_that_has_nothing_to_say_any_more_is_not_sent(app: Flask, mira: Somebody) -> None:
    report(app, "nothing", mira)
    assert sent_by(app) == []
    with app.app_context():
        assert list(db.session.scalars(sa.select(Mail.state))) == ["unwanted"]
