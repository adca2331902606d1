"""Claims about reminders: who gets which letter, when none, and that each goes once."""

from datetime import datetime, timedelta

import pytest
import sqlalchemy as sa
from flask import Flask
from flask_mailman import EmailMultiAlternatives

from musicapp.clock import now
from musicapp.database import db, writing
from musicapp.pages import local
from plugins.auth.models import User
from plugins.catalog.models import Album, Artist, Follow, Song
from plugins.reports.models import MonthlyFailure, Reminded
from plugins.reports.services import reminders
from tests.conftest import AppMaker
from tests.people import Somebody, add_person
from tests.plugins.auth.conftest import sent_by
from tests.plugins.catalog.music import ready_song, set_album, set_song, work


@pytest.fixture
def app(make_app: AppMaker) -> Flask:
    """The site with a mail server, which keeps what it is given."""
    app = make_app(mail_server="smtp.example.org")
    app.extensions["mailman"].backend = "locmem"
    return app


@pytest.fixture
def nils(app: Flask) -> Somebody:
    """Who publishes."""
    return add_person(app, "Nils", "artist")


@pytest.fixture
def mira(app: Flask) -> Somebody:
    """Who listens, and follows the artist that Nils publishes as."""
    return add_person(app, "Mira")


def away(app: Flask, person: Somebody, days: float) -> datetime:
    """Let somebody have been away for so long; the moment at which they were last here."""
    seen_at = now() - timedelta(days=days, minutes=5)
    with app.app_context(), writing() as unit:
        unit.execute(sa.update(User).where(User.id == person.id).values(last_seen_at=seen_at))
    return seen_at


def follow_nils(app: Flask, *people: Somebody) -> None:
    with app.app_context(), writing() as unit:
        artist_id = unit.scalars(sa.select(Artist.id)).one()
        unit.add_all([Follow(user_id=one.id, artist_id=artist_id) for one in people])


def remind(app: Flask, at: datetime | None = None) -> list[EmailMultiAlternatives]:
    """Run the night's reminders; the mails that were sent since."""
    with app.app_context():
        reminders.remind(at or now(), lambda _letters: None)
    return sent_by(app)


def test_who_was_away_hears_once_what_is_new_for_them_and_can_end_it_in_the_mail(
    app: Flask, nils: Somebody, mira: Somebody
) -> None:
    ready_song(app, nils.id, "Neap", album="Salt Almanac")
    follow_nils(app, mira)
    away(app, mira, 14)
    [mail] = remind(app)
    assert (mail.to, mail.subject) == ([mira.email], "New for you on musicapp – musicapp")
    assert "Salt Almanac" in mail.body and "Salt Almanac" in mail.alternatives[0][0]
    assert "From artists you follow" in mail.body
    assert mail.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert len(remind(app)) == 1
