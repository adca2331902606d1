"""Music that is new for listeners: by the artists that they follow, and in the genres that they heard."""

from collections import defaultdict
from collections.abc import Collection
from datetime import timedelta
from typing import Any

import sqlalchemy as sa

from musicapp.addresses import url_of
from musicapp.blocks import Block, Line, Tiles
from musicapp.database import session
from musicapp.days import within_days
from musicapp.spans import Readers, Span
from plugins.catalog.models import Artist, Follow, Genre, ListenerHour, Song
from plugins.catalog.services.reminding.members import RELEASES, Release
from plugins.catalog.services.visibility import is_public

Blocks = dict[tuple[int, int], list[Block]]
SHOWN = 6
GENRES = 3
# Of a genre so many are read once for everybody, since who follows some of its artists hears of the others here.
READ_OF_GENRE = 60
HEARD = timedelta(weeks=26)


def of_followed_artists(readers: Readers) -> Blocks:
    """What artists that these people follow published in these days, the newest first."""
    rows: defaultdict[int, list[Any]] = defaultdict(list)
    for kind, table in RELEASES.items():
        newest_first = (table.published_at.desc(), table.id.desc())
        place = sa.func.row_number().over(partition_by=Follow.user_id, order_by=newest_first)
        followed = published(kind, table, readers.span).join(Follow, Follow.artist_id == table.artist_id)
        theirs = followed.where(Follow.user_id.in_(ids_of(readers)))
        ranked = theirs.add_columns(Follow.user_id, place.label("place")).subquery()
        for row in session().execute(sa.select(ranked).where(ranked.c.place <= SHOWN)):
            rows[row.user_id].append(row)
    return {
        pair: [Tiles("From artists you follow", list(map(line_of, newest(rows[pair[0]], SHOWN))))]
        for pair in readers.pairs
        if rows[pair[0]]
    }


def in_their_genres(readers: Readers) -> Blocks:
    """What others published in these days in the genres that these people heard most before; a row for each genre."""
    person_ids, blocks = ids_of(readers), {pair: list[Block]() for pair in readers.pairs}
    heard, followed = genres_heard(person_ids, readers.span), artists_followed(person_ids)
    genre_ids = {genre_id for genres in heard.values() for genre_id, _ in genres}
    rows = {genre_id: new_in_genre(genre_id, readers.span) for genre_id in sorted(genre_ids)}
    for pair in readers.pairs:
        person_id = pair[0]
        for genre_id, name in heard[person_id]:
            others = [row for row in rows[genre_id] if row.artist_id not in followed[person_id]]
            if others:
                blocks[pair].append(Tiles(f"New in {name}", list(map(line_of, others[:SHOWN]))))
    return blocks


def genres_heard(person_ids: Collection[int], span: Span) -> defaultdict[int, list[tuple[int, str]]]:
    """The genres that each of these people heard most in the half year up to these days, with their names."""
    plays = sa.func.sum(ListenerHour.plays)
    heard = sa.select(ListenerHour.user_id, Genre.id, Genre.name).join(Song, Song.id == ListenerHour.song_id)
    theirs = heard.join(Genre, Genre.id == Song.genre_id).where(
        ListenerHour.user_id.in_(person_ids), ListenerHour.day.between(span.first - HEARD, span.first)
    )
    counted = theirs.group_by(ListenerHour.user_id, Genre.id, Genre.name).having(plays > 0)
    found: defaultdict[int, list[tuple[int, str]]] = defaultdict(list)
    for person_id, genre_id, name in session().execute(counted.order_by(plays.desc(), Genre.id)):
        if len(found[person_id]) < GENRES:
            found[person_id].append((genre_id, name))
    return found


def artists_followed(person_ids: Collection[int]) -> defaultdict[int, set[int]]:
    """The ids of the artists that each of these people follows."""
    found: defaultdict[int, set[int]] = defaultdict(set)
    follows = sa.select(Follow.user_id, Follow.artist_id).where(Follow.user_id.in_(person_ids))
    for person_id, artist_id in session().execute(follows):
        found[person_id].add(artist_id)
    return found


def new_in_genre(genre_id: int, span: Span) -> list[Any]:
    """The newest releases of a genre, by whomever."""
    rows: list[Any] = []
    for kind, table in RELEASES.items():
        of_genre = published(kind, table, span).where(table.genre_id == genre_id)
        latest = of_genre.order_by(table.published_at.desc(), table.id.desc()).limit(READ_OF_GENRE)
        rows += session().execute(latest)
    return newest(rows, READ_OF_GENRE)


def published(kind: str, table: Release, span: Span) -> sa.Select[Any]:
    """What came out in these days for everybody: albums, or songs of no album."""
    columns: tuple[Any, ...] = (table.id, table.title, Artist.name, table.cover_id, table.tint)
    columns += (table.published_at, table.artist_id)
    query = sa.select(sa.literal(kind).label("kind"), *columns).join(Artist, Artist.id == table.artist_id)
    public = query.where(is_public(table), within_days(table.published_at, span.first, span.last))
    return public.where(Song.album_id.is_(None)) if table is Song else public


def newest(rows: list[Any], limit: int) -> list[Any]:
    return sorted(rows, key=lambda row: (row.published_at, row.id), reverse=True)[:limit]


def ids_of(readers: Readers) -> list[int]:
    return [person_id for person_id, _ in readers.pairs]


def line_of(row: Any) -> Line:
    """A release of `published` as a line."""
    numbers = {f"{row.kind}_id": row.id}
    picture_url = url_of(f"catalog.{row.kind}_cover", **numbers, size=96, v=row.cover_id) if row.cover_id else ""
    return Line(row.title, row.name, url_of(f"catalog.{row.kind}", **numbers), picture_url, tint=row.tint)
