"""Claims about reminders: who gets which letter, when none, and that each goes once."""

import shutil
import threading
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import sqlalchemy as sa
from flask import Flask
from flask_mailman import EmailMultiAlternatives

from musicapp.blocks import Tiles
from musicapp.clock import now
from musicapp.database import db, writing
from musicapp.mail.models import Mail
from musicapp.pages import local
from musicapp.site.stored_settings import store_settings
from plugins.auth.models import User
from plugins.auth.services import person_with_id
from plugins.catalog.models import Artist, ArtistMember, Comment, Follow, ListenerHour, Song
from plugins.catalog.models.drafts import WaitingDraft
from plugins.catalog.services import reminding
from plugins.inbox.services.preferences import preferences_of
from plugins.inbox.services.unsubscribing import unsubscribe_token
from plugins.reports.models import MonthlyFailure, Reminded
from plugins.reports.services import reminders
from tests.conftest import AppMaker, on_one_database
from tests.people import Somebody, add_person, sign_in
from tests.plugins.auth.conftest import sent_by
from tests.plugins.catalog.music import Counted, ready_song, set_album, set_song

A_DAY, A_WEEK = timedelta(days=1), timedelta(days=7)


def mailing(app: Flask) -> Flask:
    """Let the site keep what it mails."""
    app.extensions["mailman"].backend = "locmem"
    return app


@pytest.fixture
def app(make_app: AppMaker) -> Flask:
    """The site with a mail server."""
    return mailing(make_app(mail_server="smtp.example.org"))


@pytest.fixture
def make_bell(make_app: AppMaker, tmp_path: Path) -> AppMaker:
    """Makes such sites with a plugin that somebody put into their folder."""
    plugins = tmp_path / "instance" / "plugins"
    plugins.mkdir(parents=True)
    shutil.copy(Path(__file__).with_name("bell.py"), plugins)

    def make(**settings: Any) -> Flask:
        return mailing(make_app(mail_server="smtp.example.org", **settings))

    return make


@pytest.fixture
def nils(app: Flask) -> Somebody:
    """Who publishes."""
    return add_person(app, "Nils", "artist")


@pytest.fixture
def mira(app: Flask) -> Somebody:
    """Who listens."""
    return add_person(app, "Mira")


def away(app: Flask, person: Somebody, days: float) -> datetime:
    """Let somebody have been away for so long; the moment at which they were last here."""
    seen_at = now() - timedelta(days=days)
    with app.app_context(), writing() as unit:
        unit.execute(sa.update(User).where(User.id == person.id).values(last_seen_at=seen_at))
    return seen_at


def follow_nils(app: Flask, *people: Somebody) -> None:
    with app.app_context(), writing() as unit:
        artist_id = unit.scalars(sa.select(Artist.id)).one()
        unit.add_all([Follow(user_id=one.id, artist_id=artist_id) for one in people])


def remind(app: Flask, at: datetime | None = None) -> list[EmailMultiAlternatives]:
    """Run the reminders of a night; all mails that were sent so far."""
    with app.app_context():
        reminders.remind(at or now(), lambda _letters: None)
    return sent_by(app)


def test_who_was_away_hears_once_what_is_new_for_them_and_can_end_it_in_the_mail(
    app: Flask, nils: Somebody, mira: Somebody
) -> None:
    ida, late, ended = add_person(app, "Ida"), add_person(app, "Late"), add_person(app, "Ended")
    ready_song(app, nils.id, "Neap", album="Salt Almanac")
    follow_nils(app, mira, late, ended)
    for person, days in ((mira, 14), (ida, 14), (late, 15), (ended, 14), (nils, 3)):
        away(app, person, days)
    with app.app_context(), writing() as unit:
        unit.execute(sa.update(User).where(User.id == ended.id).values(active=False))
    [mail] = remind(app)
    assert (mail.to, mail.subject) == ([mira.email], "New for you on musicapp – musicapp")
    for part in (mail.body, mail.alternatives[0][0]):
        assert "From artists you follow" in part and "Salt Almanac" in part
    assert mail.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert len(remind(app, now() + A_WEEK)) == 1
    assert [mail.to for mail in remind(app, now() + 6 * A_DAY)[1:]] == [[late.email]]
    assert len(remind(app, now() + 3 * A_WEEK)) == 2
    away(app, mira, 14)
    assert len(remind(app, now() + 2 * A_WEEK)) == 3


@on_one_database
def test_nobody_is_reminded_who_came_back_said_no_or_has_nothing_new_nor_where_the_owner_says_never(
    app: Flask, nils: Somebody, mira: Somebody
) -> None:
    away(app, mira, 14)
    assert remind(app) == []
    ready_song(app, nils.id)
    follow_nils(app, mira)
    assert remind(app, now() - A_DAY) == []
    for forbidding in ({"away_days": 0}, {"mail_unasked": False}):
        with app.app_context():
            store_settings("reports", forbidding)
        assert remind(app) == []
    with app.app_context():
        store_settings("reports", {"away_days": 14, "mail_unasked": True})
        reminders.remind(now(), lambda _letters: None)
        assert told(app) == 1
    away(app, mira, 0)
    assert sent_by(app) == []
    ida = add_person(app, "Ida")
    follow_nils(app, ida)
    away(app, ida, 14)
    with app.app_context():
        token = unsubscribe_token(ida.id, "reports.reminder.away")
    assert app.test_client().post(f"/api/inbox/unsubscribe/{token}").status_code == 200
    assert remind(app) == []


def test_answers_and_new_music_of_ones_genres_are_news_and_what_is_hidden_is_not(
    app: Flask, nils: Somebody, mira: Somebody
) -> None:
    heard = ready_song(app, nils.id, "Neap", genre="Folk")
    said_on = ready_song(app, nils.id, "Spring", genre="Jazz")
    hidden = ready_song(app, nils.id, "Ebb", genre="Folk")
    seen_at = away(app, mira, 14)
    with app.app_context(), writing() as unit:
        seen_on = local(seen_at).date()
        unit.add(ListenerHour(user_id=mira.id, day=seen_on, hour=9, song_id=heard, plays=3, heard_ms=9000))
        asked = Comment(subject_kind="song", subject_id=said_on, author_id=mira.id, text="Which key is this?")
        asked.created_at = now() - A_DAY
        unit.add(asked)
        unit.flush()
        for text, parent_id, hidden_at in (
            ("D minor.", asked.id, None),
            ("Rude.", asked.id, now()),
            ("Well.", None, None),
        ):
            reply = Comment(subject_kind="song", subject_id=said_on, author_id=nils.id, text=text, parent_id=parent_id)
            reply.created_at, reply.hidden_at = now() - A_DAY, hidden_at
            unit.add(reply)
    set_song(app, heard, published_at=now() - 100 * A_DAY)
    set_song(app, hidden, hidden_at=now())
    new = ready_song(app, nils.id, "Flood", genre="Folk")
    set_song(app, new, published_at=now() - A_DAY)
    [mail] = remind(app)
    assert "New in Folk" in mail.body and "Flood" in mail.body
    assert "Nils on “Spring”: D minor." in mail.body
    away(app, nils, 14)
    [_, mail] = remind(app)
    assert mail.to == [nils.email] and "Mira on “Spring”: Which key is this?" in mail.body
    assert not [word for word in ("Ebb", "Neap", "Rude", "Well", "Jazz") if word in mail.body]


def test_news_cost_as_many_statements_for_many_who_were_away_as_for_two_and_each_hears_of_their_own_days(
    app: Flask, nils: Somebody, mira: Somebody
) -> None:
    late = add_person(app, "Late")
    for title, days in (("Neap", 3), ("Spring", 17), ("Ebb", 30)):
        set_song(app, ready_song(app, nils.id, title, genre="Folk"), published_at=now() - days * A_DAY)
    follow_nils(app, mira)
    with app.app_context(), writing() as unit:
        heard = ListenerHour(user_id=late.id, day=local(now() - 22 * A_DAY).date(), hour=9, song_id=1, plays=3)
        heard.heard_ms = 9000
        unit.add(heard)
    away(app, mira, 14)
    away(app, late, 21)

    def news() -> tuple[int, dict[int, list[list[str]]]]:
        with app.app_context(), app.test_request_context(), Counted(app) as counted:
            letters = list(reminders.people_away(now(), 0, 200))
        tiles = {
            person_id: [
                [line.title for line in block.lines]
                for section in sections
                for block in section.blocks
                if isinstance(block, Tiles)
            ]
            for person_id, _, _, sections in letters
        }
        return len([one for one in counted.statements if " site_" not in one]), tiles

    few, told_to = news()
    assert told_to == {mira.id: [["Neap"]], late.id: [["Neap", "Spring"]]}
    more = [add_person(app, f"More {n}") for n in range(5)]
    follow_nils(app, *more)
    for person in more:
        away(app, person, 14)
    many, told_to = news()
    assert (many, len(told_to)) == (few, 7)


def test_artists_hear_once_of_drafts_that_nobody_touched_for_a_week(app: Flask, nils: Somebody) -> None:
    song_id, other_id = ready_song(app, nils.id, "Neap"), ready_song(app, nils.id, "Ebb")
    ready_song(app, nils.id, "Out")
    for one in (song_id, other_id):
        set_song(app, one, published_at=None)

    def night(day: int) -> list[str]:
        """The subjects of what was sent by the night after so many days."""
        with app.app_context():
            reminding.note_drafts()
        return [mail.subject.partition(" – ")[0] for mail in remind(app, now() + day * A_DAY)]

    assert night(6) == []
    assert night(8) == ["“Neap” is waiting (and 1 more)"]
    assert len(night(30)) == 1
    with app.app_context(), writing():
        db.session.get_one(Song, song_id).title = "Neap Tide"
    assert night(37)[1:] == ["“Neap Tide” is waiting"]
    with app.app_context(), writing():
        db.session.get_one(Song, other_id).title = "Ebb Tide"
    with app.app_context():
        reminding.note_drafts()
        reminders.remind(now() + 60 * A_DAY, lambda _letters: None)
    set_song(app, other_id, published_at=now())
    assert len(sent_by(app)) == 2


def test_a_release_of_tomorrow_on_the_sites_clock_goes_before_drafts_and_a_week_brings_one_letter(
    app: Flask, nils: Somebody
) -> None:
    with app.app_context():
        store_settings("site", {"time_zone": "Pacific/Auckland"})
    draft_id = ready_song(app, nils.id, "Draft")
    ready_song(app, nils.id, "Neap", album="Salt Almanac")
    set_song(app, draft_id, published_at=None)
    auckland = ZoneInfo("Pacific/Auckland")
    midnight = datetime.combine(now().astimezone(auckland).date() + 20 * A_DAY, time(), auckland)
    last_minute = midnight + timedelta(hours=47, minutes=59)
    set_album(app, 1, published_at=last_minute)
    with app.app_context():
        reminding.note_drafts()
    [mail] = remind(app, midnight)
    assert mail.subject.startswith("“Salt Almanac” comes out tomorrow")
    assert "Salt Almanac" in mail.body and f", 23:59 {last_minute:%Z}." in mail.body
    assert len(remind(app, midnight + 6 * A_DAY)) == 1
    assert remind(app, midnight + 7 * A_DAY)[1].subject.startswith("“Draft” is waiting")
    set_album(app, 1, published_at=midnight + 40 * A_DAY)
    with app.app_context():
        reminders.remind(midnight + 39 * A_DAY, lambda _letters: None)
    set_album(app, 1, published_at=None)
    assert len(sent_by(app)) == 2


def test_a_letter_says_nothing_any_more_of_what_was_hidden_or_is_no_longer_theirs_when_it_is_sent(
    app: Flask, nils: Somebody, mira: Somebody
) -> None:
    song_id, draft_id = ready_song(app, nils.id, "Neap", album="Salt Almanac"), ready_song(app, nils.id, "Draft")
    set_song(app, draft_id, published_at=None)
    follow_nils(app, mira)
    away(app, mira, 14)
    with app.app_context():
        reminding.note_drafts()
        reminders.remind(now(), lambda _letters: None)
        assert told(app) == 1
    set_album(app, 1, hidden_at=now())
    set_song(app, song_id, hidden_at=now())
    assert sent_by(app) == []
    with app.app_context(), writing() as unit:
        unit.execute(sa.update(WaitingDraft).values(since=now() - A_WEEK))
    with app.app_context():
        reminders.remind(now(), lambda _letters: None)
        assert told(app) == 2
    with app.app_context(), writing() as unit:
        unit.execute(sa.delete(ArtistMember))
    assert sent_by(app) == []


@on_one_database
def test_a_reminder_that_raises_costs_only_itself_and_admins_read_why(
    make_bell: AppMaker, caplog: pytest.LogCaptureFixture
) -> None:
    app = make_bell()
    nils, mira = add_person(app, "Nils", "artist"), add_person(app, "Mira")
    ready_song(app, nils.id, "Neap")
    follow_nils(app, mira)
    away(app, mira, 14)
    app.config.update(BROKEN_AT=mira.id, BROKEN_NEWS=True)
    assert [mail.to for mail in remind(app)] == [[mira.email]]
    assert "the rope tore" in caplog.text
    with app.app_context():
        kept = {row.contribution: row.last_error for row in db.session.scalars(sa.select(MonthlyFailure))}
    assert kept == {"bell": "ValueError: the rope tore", "bell.news": "ValueError: the tongue fell out"}
    browser = app.test_client()
    sign_in(browser, add_person(app, "Ada", "admin"))
    page = browser.get("/reports/runs").text
    assert "the rope tore" in page and "Reminders" in page and "Make what is missing" not in page
    app.config["BROKEN_AT"] = None
    assert {mail.subject for mail in remind(app)[1:]} == {"Bell one – musicapp"}
    with app.app_context():
        choices = {choice.kind: choice for choice in preferences_of(person_with_id(mira.id))}
    assert choices["reports.reminder.bell"].channels == ("email",)
    assert "reports.reminder.drafts" not in choices


def test_two_runs_at_once_and_one_that_died_in_the_middle_remind_each_of_each_thing_once(make_bell: AppMaker) -> None:
    app = make_bell(plugins=["auth", "inbox", "reports", "bell"])
    add_person(app, "Ada")
    with app.app_context(), writing() as unit:
        rows = [
            {"name": f"P{n}", "email": f"p{n}@example.org", "password": "-", "confirmed_at": now()} for n in range(450)
        ]
        unit.execute(sa.insert(User), rows)
        last = unit.scalar(sa.select(sa.func.max(User.id)))
    app.config.update(KILLED_AT=last - 20, BELLS=["one", "two"])
    with pytest.raises(SystemExit):
        remind(app)
    assert told(app) == 2 * 400
    app.config["KILLED_AT"] = None
    both = threading.Barrier(2)

    def run() -> None:
        both.wait()
        with app.app_context():
            reminders.remind(now(), lambda _letters: None)

    runs = [threading.Thread(target=run) for _ in range(2)]
    for one in runs:
        one.start()
    for one in runs:
        one.join()
    assert told(app) == 2 * 452
    with app.app_context():
        mails = db.session.scalars(sa.select(Mail.person_id)).all()
        assert (len(mails), len(set(mails))) == (452, 452)
        assert reminders.forget_words(local(now() + 31 * A_DAY).date()) == 2 * 452
        assert reminders.forget_words(local(now() + 31 * A_DAY).date()) == 0


def told(app: Flask) -> int:
    with app.app_context():
        return db.session.scalar(sa.select(sa.func.count(Reminded.id))) or 0
