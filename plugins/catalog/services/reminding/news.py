"""Music that is new for one listener: by the artists that they follow, and in the genres that they heard."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any

import sqlalchemy as sa

from musicapp.addresses import url_of
from musicapp.blocks import Block, Line, Tiles
from musicapp.database import session
from musicapp.days import within_days
from musicapp.spans import Span
from plugins.catalog.models import Artist, Follow, Genre, ListenerHour, Song
from plugins.catalog.services.reminding.members import RELEASES, Release
from plugins.catalog.services.visibility import is_public

SHOWN = 6
GENRES = 3
HEARD = timedelta(weeks=26)


def of_followed_artists(person_id: int, span: Span) -> list[Block]:
    """What artists that somebody follows published in these days, the newest first."""
    followed = sa.select(Follow.artist_id).where(Follow.user_id == person_id)
    lines = newest(span, lambda table: table.artist_id.in_(followed))
    return [Tiles("From artists you follow", lines)] if lines else []


def in_their_genres(person_id: int, span: Span) -> list[Block]:
    """What others published in these days in the genres that somebody heard most before; a row for each genre."""
    followed = sa.select(Follow.artist_id).where(Follow.user_id == person_id)
    blocks: list[Block] = []
    for genre_id, name in genres_heard(person_id, span):
        if lines := newest(span, partial(is_of_others, genre_id, followed)):
            blocks.append(Tiles(f"New in {name}", lines))
    return blocks


def genres_heard(person_id: int, span: Span) -> list[tuple[int, str]]:
    """The genres that somebody heard most in the half year up to these days, with their names."""
    plays = sa.func.sum(ListenerHour.plays)
    heard = sa.select(Genre.id, Genre.name).join(Song, Song.genre_id == Genre.id)
    theirs = heard.join(ListenerHour, ListenerHour.song_id == Song.id).where(
        ListenerHour.user_id == person_id, ListenerHour.day >= span.first - HEARD, ListenerHour.day <= span.first
    )
    most = theirs.group_by(Genre.id, Genre.name).having(plays > 0).order_by(plays.desc(), Genre.id).limit(GENRES)
    return [(genre_id, name) for genre_id, name in session().execute(most)]


def is_of_others(genre_id: int, followed: sa.Select[int], table: Release) -> sa.ColumnElement[bool]:
    return sa.and_(table.genre_id == genre_id, table.artist_id.not_in(followed))


def newest(span: Span, which: Callable[[Release], sa.ColumnElement[bool]]) -> list[Line]:
    """The newest of such releases of these days: albums, and songs of no album."""
    rows: list[Any] = []
    for kind, table in RELEASES.items():
        columns = (sa.literal(kind), table.id, table.title, Artist.name, table.cover_id, table.published_at)
        query = sa.select(*columns).join(Artist, Artist.id == table.artist_id)
        public = query.where(is_public(table), which(table), within_days(table.published_at, span.first, span.last))
        alone = public.where(Song.album_id.is_(None)) if table is Song else public
        rows += session().execute(alone.order_by(table.published_at.desc(), table.id.desc()).limit(SHOWN))
    rows.sort(key=lambda row: row.published_at, reverse=True)
    return [line_of(*row[:5]) for row in rows[:SHOWN]]


def line_of(kind: str, release_id: int, title: str, artist_name: str, cover_id: int | None) -> Line:
    numbers = {f"{kind}_id": release_id}
    picture_url = url_of(f"catalog.{kind}_cover", **numbers, size=96, v=cover_id) if cover_id else ""
    return Line(title, artist_name, url_of(f"catalog.{kind}", **numbers), picture_url)
