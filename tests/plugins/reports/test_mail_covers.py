"""Covers in mails: few, small, inside the mail, and none of what its reader may not know of."""

import io
import random
import re
from dataclasses import replace
from datetime import timedelta
from email.message import Message

import pytest
import sqlalchemy as sa
from flask import Flask
from flask_mailman import EmailMultiAlternatives
from PIL import Image

from musicapp.addresses import url_of
from musicapp.blocks import Line, Ranking, Section, Shares
from musicapp.blocks.mail import render
from musicapp.clock import now
from musicapp.database import writing
from plugins.auth.models import User
from plugins.auth.services import person_with_id
from plugins.catalog.models import Artist, Cover, Follow, ListenerHour, Song
from plugins.catalog.services.moderating.hiding import flag_song
from plugins.reports.services import reminders
from plugins.reports.services.monthly import make_month, span_of
from tests.conftest import AppMaker, on_one_database
from tests.people import Somebody, add_person
from tests.plugins.auth.conftest import sent_by
from tests.plugins.catalog.music import ready_song, set_song, stored

SONGS = 12
OCTOBER = span_of("2026-10")


@pytest.fixture
def app(make_app: AppMaker) -> Flask:
    """The site with a mail server, which keeps what it is given."""
    app = make_app(mail_server="smtp.example.org", site_url="https://music.example.org")
    app.extensions["mailman"].backend = "locmem"
    return app


@pytest.fixture
def mira(app: Flask) -> Somebody:
    """A listener."""
    return add_person(app, "Mira")


@pytest.fixture
def songs(app: Flask) -> list[int]:
    """Singles, each with a cover that no picture of its size could be harder to make small."""
    nils = add_person(app, "Nils Hollar", "artist")
    ids = [ready_song(app, nils.id, f"Neap {number:02}") for number in range(SONGS)]
    with app.app_context(), writing() as unit:
        for number, song_id in enumerate(ids):
            key = stored(noise(number), "covers")
            cover = Cover(source_sha256=f"{number:064}", tint="5", key_96=key, key_300=key, key_600=key)
            unit.add(cover)
            unit.flush()
            unit.execute(sa.update(Song).where(Song.id == song_id).values(cover_id=cover.id, tint="5"))
    return ids


def noise(number: int) -> bytes:
    picture = Image.frombytes("RGB", (96, 96), random.Random(number).randbytes(96 * 96 * 3))
    file = io.BytesIO()
    picture.save(file, "WEBP", quality=80)
    return file.getvalue()


def covers_in(app: Flask, mail: EmailMultiAlternatives) -> list[Message]:
    """The covers that a mail carries; all of it is short enough for every program."""
    with app.app_context():
        message = mail.message()
    assert len(message.as_bytes()) < 100_000
    return [part for part in message.walk() if part.get_content_type() == "image/jpeg"]


def shown_in(html: str) -> list[str]:
    """The small pictures of a mail by their names; none is fetched from anywhere, and none needs words."""
    assert re.findall(r'<img src="(?!cid:)', html) == []
    return re.findall(r'<img src="cid:([^"]+)" width="44" height="44" alt=""', html)


def test_the_songs_of_a_month_carry_their_covers_and_what_was_hidden_meanwhile_is_left_out(
    app: Flask, mira: Somebody, songs: list[int]
) -> None:
    with app.app_context():
        with writing() as unit:
            for place, song_id in enumerate(songs[:5]):
                heard = {"user_id": mira.id, "hour": 20, "plays": 9 - place, "heard_ms": 60_000 * (9 - place)}
                unit.add(ListenerHour(day=OCTOBER.first, song_id=song_id, **heard))
        make_month("2026-10", lambda _done: None)
        flag_song(songs[0], flagged=True)
    mail = next(mail for mail in sent_by(app) if mail.to == [mira.email])
    covers, html = covers_in(app, mail), mail.alternatives[0][0]
    assert "Neap 01" in html and "Neap 00" not in html
    assert [f"<{name}>" for name in shown_in(html)] == [part["Content-ID"] for part in covers]
    assert len(covers) == 4
    assert [Image.open(io.BytesIO(part.get_payload(decode=True))).size for part in covers] == [(96, 96)] * 4


@on_one_database
def test_a_mail_carries_ten_covers_of_4_kb_at_most_and_squares_of_the_tint_for_the_others(
    app: Flask, mira: Somebody, songs: list[int]
) -> None:
    with app.app_context(), app.test_request_context(base_url=app.config["SITE_URL"]):
        addresses = [url_of("catalog.song_cover", song_id=song_id, size=96, v=1) for song_id in songs]
        lines = [Line(f"Neap {place}", picture_url=address, tint="5") for place, address in enumerate(addresses)]
        mail = render("Songs", [Section("", [Ranking("Top", [lines[0], *lines])])], reader=person_with_id(mira.id))
        parts = render("Parts", [Section("", [Shares("Of all", [replace(line, value=1) for line in lines])])])
    shown = shown_in(mail.html)
    assert [len(shown), len(set(shown)), len(mail.pictures)] == [11, 10, 10]
    assert max(len(picture.image) for picture in mail.pictures) <= 4_000
    assert mail.html.count('width="44" height="44" bgcolor="#') == 2
    assert "Neap 11" in parts.html and 'width="44"' not in parts.html


def test_what_is_new_for_who_was_away_shows_its_covers_and_a_lost_or_damaged_one_costs_no_mail(
    app: Flask, mira: Somebody, songs: list[int]
) -> None:
    with app.app_context(), writing() as unit:
        unit.add(Follow(user_id=mira.id, artist_id=unit.scalars(sa.select(Artist.id)).one()))
        damaged = stored(noise(0)[:60].ljust(6_000, b"\xff"), "covers")
        for song_id, key in ((songs[-1], "covers/00/gone.webp"), (songs[-3], damaged)):
            broken = sa.select(Song.cover_id).where(Song.id == song_id).scalar_subquery()
            unit.execute(sa.update(Cover).where(Cover.id == broken).values(key_96=key))
        away = sa.update(User).where(User.id == mira.id)
        unit.execute(away.values(last_seen_at=now() - timedelta(days=14)))
    set_song(app, songs[-2], cover_id=None)
    with app.app_context():
        reminders.remind(now(), lambda _letters: None)
    [mail] = sent_by(app)
    html = mail.alternatives[0][0]
    assert len(covers_in(app, mail)) == len(shown_in(html)) == 3
    assert html.count('width="44" height="44" bgcolor="#') == 3
