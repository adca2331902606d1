"""What somebody heard and keeps, as files for them."""

from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa

from musicapp.belongings import Named, one_as_json, rows_as_files
from musicapp.database import session
from plugins.catalog.models import (
    Album,
    Artist,
    FavouriteAlbum,
    FavouriteArtist,
    FavouriteSong,
    Follow,
    Listener,
    Play,
    PlayerState,
    Rating,
    Song,
)

OF_SONG = (Song.id.label("song_id"), Song.title, Artist.name.label("artist"))
STATE = ("song_ids", "place", "position_s", "origin", "source", "repeat", "shuffled", "device", "updated_at")


def listening_files(person_id: int) -> Iterator[Named | tuple[str, str]]:
    """History, ratings, favourites, follows, and the queue."""
    yield from rows_as_files("music/history", history(person_id))
    yield from rows_as_files("music/ratings", of_songs(Rating, person_id, Rating.stars, Rating.rated_at))
    favourites = of_songs(FavouriteSong, person_id, FavouriteSong.added_at)
    yield from rows_as_files("music/favourite-songs", favourites)
    yield from rows_as_files("music/favourite-albums", favourite_albums(person_id))
    yield from rows_as_files(
        "music/favourite-artists", of_artists(FavouriteArtist, FavouriteArtist.added_at, person_id)
    )
    yield from rows_as_files("music/following", of_artists(Follow, Follow.since, person_id))
    yield "music/player.json", one_as_json(queue_and_choices(person_id))


def history(person_id: int) -> sa.Select[*tuple[Any, ...]]:
    """Each play that stands in somebody's history, the oldest first."""
    columns = (Play.started_at, *OF_SONG, Play.heard_ms, Play.completed, Play.source)
    plays = sa.select(*columns).join(Song, Song.id == Play.song_id).join(Artist, Artist.id == Song.artist_id)
    return plays.where(Play.listener_id == person_id).order_by(Play.started_at, Play.id)


def of_songs(table: type[Rating | FavouriteSong], person_id: int, *columns: Any) -> sa.Select[*tuple[Any, ...]]:
    """What somebody said of songs."""
    marks = sa.select(*OF_SONG, *columns).join(table, table.song_id == Song.id)
    return marks.join(Artist, Artist.id == Song.artist_id).where(table.user_id == person_id).order_by(Song.id)


def favourite_albums(person_id: int) -> sa.Select[*tuple[Any, ...]]:
    columns = (Album.id.label("album_id"), Album.title, Artist.name.label("artist"), FavouriteAlbum.added_at)
    kept = sa.select(*columns).join(FavouriteAlbum, FavouriteAlbum.album_id == Album.id)
    return kept.join(Artist, Artist.id == Album.artist_id).where(FavouriteAlbum.user_id == person_id).order_by(Album.id)


def of_artists(table: type[FavouriteArtist | Follow], since: Any, person_id: int) -> sa.Select[*tuple[Any, ...]]:
    """What somebody said of artists."""
    marks = sa.select(Artist.id.label("artist_id"), Artist.name, since).join(table, table.artist_id == Artist.id)
    return marks.where(table.user_id == person_id).order_by(Artist.id)


def queue_and_choices(person_id: int) -> dict[str, Any]:
    """Where somebody stopped, and whether their history is kept."""
    keeps = session().scalar(sa.select(Listener.keeps_history).where(Listener.user_id == person_id))
    columns = [getattr(PlayerState, name) for name in STATE]
    row = session().execute(sa.select(*columns).where(PlayerState.user_id == person_id)).one_or_none()
    return {"keeps_history": keeps is not False, "queue": dict(row._mapping) if row is not None else None}
