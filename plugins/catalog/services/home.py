"""What the home page shows to one listener: what is theirs first, then what all see, and nothing of it twice."""

from dataclasses import dataclass, replace
from datetime import timedelta

import sqlalchemy as sa

from musicapp.clock import now
from musicapp.database import session
from plugins.catalog.models import Album, Follow, ListenerHour, Song
from plugins.catalog.services.continuing import Begun, begun_by
from plugins.catalog.services.genres import list_genres
from plugins.catalog.services.history.hours import local_day
from plugins.catalog.services.mixes import Mix, made_for
from plugins.catalog.services.orders import NEWEST_ALBUMS, NEWEST_SONGS
from plugins.catalog.services.persons import Person
from plugins.catalog.services.rows import (
    AlbumCard,
    GenreCard,
    SongRow,
    album_card,
    album_columns,
    song_columns,
    song_row,
)
from plugins.catalog.services.shelves import Shelves, front_shelves
from plugins.catalog.services.visibility import public_albums, visible_songs

NEW_DAYS = 60
RELEASES = 5
WEEK = timedelta(days=7)
GENRES = 10
FEW = 3


@dataclass(frozen=True)
class Week:
    """The last seven days of a listener: songs that came from artists they follow, and how long they heard."""

    new_songs: int
    from_artists: int
    heard_ms: int


@dataclass(frozen=True)
class Home:
    """The home page; `followed` are albums and single songs by artists that the listener follows, newest first."""

    shelves: Shelves
    begun: list[Begun]
    followed: list[AlbumCard | SongRow]
    mixes: list[Mix]
    genres: list[GenreCard]
    week: Week | None


def home_of(person: Person | None) -> Home:
    """The home page of a listener, or, with genres to begin with, of a visitor."""
    shelves = front_shelves(person)
    if person is None:
        genres = [genre for genre in list_genres(None, sort="popular") if genre.songs_count]
        return Home(tidied(shelves, []), [], [], [], genres[:GENRES] if len(genres) > 1 else [], None)
    followed = followed_releases(person)
    return Home(tidied(shelves, followed), begun_by(person), followed, made_for(person), [], week_of(person))


def tidied(shelves: Shelves, followed: list[AlbumCard | SongRow]) -> Shelves:
    """The shelves without what stands above them; a site of few songs gets no second shelf of the same ones."""
    shown = {(type(one), one.id) for one in followed}
    albums = [album for album in shelves.albums if (AlbumCard, album.id) not in shown]
    singles = [song for song in shelves.singles if (SongRow, song.id) not in shown]
    alike = {song.id for song in shelves.popular} <= {song.id for song in shelves.singles}
    return replace(
        shelves,
        albums=albums,
        singles=singles,
        feature=shelves.feature if len(shelves.albums) > FEW else None,
        popular=[] if alike or len(shelves.popular) <= FEW else shelves.popular,
    )


def followed_releases(person: Person, limit: int = RELEASES) -> list[AlbumCard | SongRow]:
    """What artists whom somebody follows published in the last weeks: albums, and songs on no album."""
    follows = sa.select(Follow.artist_id).where(Follow.user_id == person.id)
    since = now() - timedelta(days=NEW_DAYS)
    albums = public_albums().where(Album.artist_id.in_(follows), Album.published_at > since)
    songs = visible_songs(person).where(Song.artist_id.in_(follows), Song.published_at > since, Song.album_id.is_(None))
    newest_albums = NEWEST_ALBUMS.sorted(album_columns(albums)).limit(limit)
    newest_songs = NEWEST_SONGS.sorted(song_columns(songs, person, as_public=True)).limit(limit)
    found: list[AlbumCard | SongRow] = [album_card(row) for row in session().execute(newest_albums)]
    found += [song_row(row) for row in session().execute(newest_songs)]
    return sorted(found, key=lambda one: one.published_at or since, reverse=True)[:limit]


def week_of(person: Person) -> Week:
    """What the last seven days brought to a listener, in one statement."""
    follows = sa.select(Follow.artist_id).where(Follow.user_id == person.id)
    new = visible_songs(person).where(Song.artist_id.in_(follows), Song.published_at > now() - WEEK)
    songs, artists = sa.func.count(Song.id), sa.func.count(Song.artist_id.distinct())
    heard = sa.select(sa.func.coalesce(sa.func.sum(ListenerHour.heard_ms), 0)).where(
        ListenerHour.user_id == person.id, ListenerHour.day > local_day(now()) - WEEK
    )
    row = session().execute(new.with_only_columns(songs, artists, heard.scalar_subquery())).one()
    return Week(*(int(number) for number in row))
