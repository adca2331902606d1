"""The demo: the music that ships with the site, published by its artists and played over the last months."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import IO

import sqlalchemy as sa

from musicapp.clock import now
from musicapp.database import session, writing
from musicapp.errors import Conflict
from plugins.auth.services import add_demo_person
from plugins.catalog.demo.manifest import DemoAlbum, DemoArtist, DemoSong, music_file, read_manifest
from plugins.catalog.media import read_tags
from plugins.catalog.models import Album, Artist, Play, Song, fold
from plugins.catalog.services.artists import artist_to_publish_as
from plugins.catalog.services.counters import Known
from plugins.catalog.services.covers import keep_cover, wear
from plugins.catalog.services.editing import change_album, change_artist
from plugins.catalog.services.history.names import Names
from plugins.catalog.services.listening import ENOUGH_MS, Ear, Heard, write_plays
from plugins.catalog.services.persons import Person
from plugins.catalog.services.uploading import Wishes, upload_song

VISITORS = 40
PLAYS_A_DAY = 9
SEED = 1931
SOURCES = ("album", "album", "home", "search", "queue", "song")


@dataclass(frozen=True)
class ShippedFile:
    """A file of the demo, as an upload."""

    stream: IO[bytes]
    filename: str


def load_demo() -> None:
    """Publish the shipped music and let it have been played; what is there already stays as it is."""
    music = read_manifest()
    for number, artist in enumerate(music.artists):
        albums = [album for album in music.albums if album.artist == artist.name]
        mailbox = f"artist{number}" if number else "artist"
        person = add_demo_person(artist.name, f"{mailbox}@example.org", "artist")
        load_artist(person, artist, albums)
    listener = add_demo_person("Listener", "listener@example.org", "user")
    load_plays([Ear(f"u{listener.id}", listener), *(Ear(f"vdemo{number}", None) for number in range(VISITORS))])


def load_artist(person: Person, artist: DemoArtist, albums: list[DemoAlbum]) -> None:
    """Publish an artist's releases, each on its day."""
    artist_id = artist_to_publish_as(person)
    for album in albums:
        for song in album.songs:
            load_song(person, album, song)
        album_id = session().scalar(
            sa.select(Album.id).where(Album.artist_id == artist_id, Album.title_key == fold(album.title))
        )
        if album_id is not None:
            change_album(person, album_id, {"description": album.description, "year": album.year})
    change_artist(person, artist_id, {"bio": artist.bio})
    give_picture(artist_id, music_file(albums[0].songs[0]))


def load_song(person: Person, album: DemoAlbum, song: DemoSong) -> None:
    """Upload one piece as its artist would, unless it is here already."""
    wishes = Wishes(
        title=song.title,
        album=album.title,
        genre=song.genre,
        track_no=song.track_no,
        year=album.year,
        lyrics=song.lyrics or "",
        licence=song.licence,
        publish_at=now() - timedelta(days=album.released_days_ago),
    )
    with music_file(song).open("rb") as stream:
        try:
            upload_song(person, ShippedFile(stream, song.file), wishes)
        except Conflict:
            return


def give_picture(artist_id: int, path: Path) -> None:
    """Show an artist by the cover of their first release."""
    picture = read_tags(path).picture
    cover_id = keep_cover(picture) if picture else None
    with writing() as unit:
        artist = unit.get_one(Artist, artist_id)
        if artist.cover_id is None and cover_id is not None:
            wear(artist, cover_id)


def load_plays(ears: list[Ear]) -> None:
    """Spread plays over the time since each song came out: more lately, and more of what is liked."""
    if session().scalar(sa.select(Play.id).where(Play.listener_key == ears[-1].key).limit(1)) is not None:
        return
    chance = random.Random(SEED)
    songs = demo_songs()
    known = {song.id: Known(song.artist_id, song.album_id, ENOUGH_MS) for song in songs}
    for ear in ears:
        with writing():
            write_plays(
                Names(ear.key, ear.person.id if ear.person else None),
                list(past_plays(ear, songs, len(ears), chance)),
                {},
                known,
            )


def demo_songs() -> list[Song]:
    names = [fold(artist.name) for artist in read_manifest().artists]
    query = sa.select(Song).join(Artist, Artist.id == Song.artist_id).where(Artist.name_key.in_(names))
    return list(session().scalars(query.order_by(Song.id)))


def past_plays(ear: Ear, songs: list[Song], ears: int, chance: random.Random) -> Iterator[Heard]:
    """What one listener heard; somebody with an account hears more than a passer-by."""
    lengths_s = {song.title: song.duration_s for album in read_manifest().albums for song in album.songs}
    keenness = 8 if ear.person else 1
    for place, song in enumerate(songs):
        days = (now() - (song.published_at or now())).days
        liked = 1.6 - place * 5 % len(songs) / len(songs)
        wanted = chance.random() * 2 * days * PLAYS_A_DAY * keenness * liked / len(songs) / ears
        for _ in range(int(wanted + chance.random())):
            heard_ms, completed = how_much(lengths_s.get(song.title, 60.0), chance)
            yield Heard(song.id, some_time(days, chance), heard_ms, completed, chance.choice(SOURCES))


def how_much(length_s: float, chance: random.Random) -> tuple[int, bool]:
    """Most songs are heard to their end, some are left."""
    completed = chance.random() < 0.7
    return round(length_s * 1000 * (1 if completed else chance.uniform(0.1, 0.95))), completed


def some_time(days: int, chance: random.Random) -> datetime:
    """A moment since so many days ago, more likely a late one, and never at night."""
    ago = timedelta(days=int((1 - chance.random() ** 0.7) * days))
    at = (now() - ago).replace(hour=chance.randint(7, 22), minute=chance.randint(0, 59), second=chance.randint(0, 59))
    return min(at, now() - timedelta(minutes=chance.randint(5, 300)))
