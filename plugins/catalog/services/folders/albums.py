"""Albums of folders: found or made for many songs at once, inside `writing()`, with their artists locked."""

from dataclasses import dataclass, field
from datetime import datetime

import sqlalchemy as sa

from musicapp.clock import now
from musicapp.database import UNSYNCED, insert_for, session
from plugins.catalog.models import Album, FolderFile, Song
from plugins.catalog.services.folders.arriving import Arrival
from plugins.catalog.services.folders.naming import album_folder, fold
from plugins.catalog.services.going_public import album_went_public
from plugins.catalog.services.moderating.along import settle_albums


@dataclass
class Place:
    """An album as songs look for theirs: by artist and title, then by folder or year."""

    artist_id: int
    title_key: str
    year: int | None
    folders: set[bytes] = field(default_factory=set)
    id: int | None = None
    first: Arrival | None = None


def find_albums(songs: list[tuple[Arrival, int]], published_at: datetime | None) -> None:
    """Give songs the albums they name, of these artists; with `published_at` those albums are public from then on.

    Songs of one title and artist are one album when they lie in one folder, or else are of one year: so two albums
    called the same stay apart, and a double album that lies in two folders stays together.
    """
    shelf = shelf_of(songs)
    chosen: list[tuple[Arrival, Place]] = []
    for song, artist_id in songs:
        key = (artist_id, fold(song.named.album))
        places = shelf.setdefault(key, [])
        place = fitting(places, song)
        if place is None:
            place = Place(*key, song.facts.tags.year, first=song)
            places.append(place)
        place.folders.add(song.named.album_folder)
        chosen.append((song, place))
    make_albums([place for places in shelf.values() for place in places if place.id is None], published_at)
    for song, place in chosen:
        song.album_id = place.id
    if published_at is not None:
        publish_drafts({place.id for _, place in chosen}, published_at)


def fitting(places: list[Place], song: Arrival) -> Place | None:
    same_folder = [place for place in places if song.named.album_folder in place.folders]
    same_year = [place for place in places if place.year == song.facts.tags.year]
    return next(iter(same_folder or same_year), None)


def shelf_of(songs: list[tuple[Arrival, int]]) -> dict[tuple[int, str], list[Place]]:
    """The albums that are there already with the artists and titles of these songs, and the folders they lie in."""
    keys = {(artist_id, fold(song.named.album)) for song, artist_id in songs}
    columns = sa.select(Album.id, Album.artist_id, Album.title_key, Album.year).where(
        Album.artist_id.in_({artist_id for artist_id, _ in keys}),
        Album.title_key.in_({title_key for _, title_key in keys}),
        Album.deleted_at.is_(None),
    )
    places = {
        row.id: Place(row.artist_id, row.title_key, row.year, id=row.id)
        for row in session().execute(columns)
        if (row.artist_id, row.title_key) in keys
    }
    if places:
        lying = sa.select(Song.album_id, FolderFile.path).join(FolderFile, FolderFile.song_id == Song.id)
        for album_id, path in session().execute(lying.where(Song.album_id.in_(places))):
            places[album_id].folders.add(album_folder(path))
    shelf: dict[tuple[int, str], list[Place]] = {}
    for place in places.values():
        shelf.setdefault((place.artist_id, place.title_key), []).append(place)
    return shelf


def make_albums(places: list[Place], published_at: datetime | None) -> None:
    """Insert albums as their first songs describe them."""
    rows = []
    for place in places:
        assert place.first is not None
        named = place.first.named
        rows.append(
            {
                "artist_id": place.artist_id,
                "title": named.album,
                "title_key": place.title_key,
                "kind": "compilation" if named.is_compilation else "album",
                "genre_id": place.first.genre_id,
                "year": place.year,
                "published_at": published_at,
                "created_at": now(),
            }
        )
    if rows:
        made = insert_for(Album).returning(Album.id, sort_by_parameter_order=True)
        for place, album_id in zip(places, session().execute(made, rows).scalars(), strict=True):
            place.id = album_id
            if published_at is not None:
                album_went_public(album_id, place.artist_id)
        settle_albums(Album.id.in_([place.id for place in places]))


def publish_drafts(album_ids: set[int | None], at: datetime) -> None:
    """Let listeners see the albums that new public songs lie in."""
    drafts = sa.and_(Album.id.in_(album_ids), Album.published_at.is_(None))
    publish = sa.update(Album).where(drafts).values(published_at=at, version=Album.version + 1)
    session().execute(publish, execution_options=UNSYNCED)
