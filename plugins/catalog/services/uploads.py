"""Uploads: from a stranger's file to a song and the job that makes it ready, or to a sentence that says why not."""

import os
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import IO, Protocol

import sqlalchemy as sa

from musicapp.clock import now
from musicapp.database import session, writing
from musicapp.errors import Conflict, NotFound, TooLarge, WrongKind
from musicapp.jobs import enqueue
from musicapp.plugins import emit
from musicapp.storage import StoredFile, media_store
from plugins.catalog.events import SongUploaded
from plugins.catalog.media import AudioKind, Tags, Unreadable, read_tags_safely, recognise
from plugins.catalog.models import Album, Artist, Song, fold
from plugins.catalog.services import covers
from plugins.catalog.services.artists import artist_to_publish_as
from plugins.catalog.services.genres import genre_named
from plugins.catalog.services.inserting import insert_new
from plugins.catalog.services.limits import MB, limits
from plugins.catalog.services.ownership import album_to_change
from plugins.catalog.services.persons import Person
from plugins.catalog.services.publishing import set_album_publication, set_song_publication
from plugins.catalog.services.words import line_of, text_of

FILE_NAME_LIMIT = 255


class Upload(Protocol):
    """A file as it arrives: its bytes, to be read once, and what its sender calls it."""

    @property
    def stream(self) -> IO[bytes]: ...

    @property
    def filename(self) -> str | None: ...


@dataclass(frozen=True)
class Wishes:
    """What an artist says about a new song; what is empty is read from the file's tags.

    `album` is the title of one of the artist's albums, made when there is none; `album_id` names one. `publish_at` is
    None for a draft, otherwise the moment from which the song can be heard, once it is ready.
    """

    title: str = ""
    album: str = ""
    album_id: int | None = None
    genre: str = ""
    track_no: int | None = None
    year: int | None = None
    lyrics: str = ""
    licence: str = ""
    explicit: bool = False
    publish_at: datetime | None = None
    cover: bytes | None = None
    artist_id: int | None = None


def upload_song(person: Person, upload: Upload, wishes: Wishes) -> int:
    """Keep a file as a new song and answer the song's id; its job is under way.

    Raises WrongKind for what is no music, TooLarge, and Conflict for a file that the artist has here already; of a
    refused file nothing is kept.
    """
    artist_id = artist_to_publish_as(person, wishes.artist_id)
    cover_id = covers.keep_cover(wishes.cover) if wishes.cover else None
    name = line_of(upload.filename, FILE_NAME_LIMIT) or "untitled"
    kind, file = keep_file(upload, name)
    try:
        refuse_duplicate(artist_id, file, name)
        tags = read_tags_safely(media_store().path(file.key))
        with writing():
            song = add_song(person, artist_id, name, kind, file, filled_in(wishes, tags))
            if cover_id is not None:
                covers.wear(song, cover_id)
            enqueue("catalog.process_song", {"song_id": song.id}, key=str(song.id))
            emit(SongUploaded(song.id, artist_id, person.id))
    except BaseException:
        media_store().delete(file.key)
        raise
    return song.id


def keep_file(upload: Upload, name: str) -> tuple[AudioKind, StoredFile]:
    """Store a file when its content is music that the site takes."""
    refuse_large(upload.stream, name)
    found: list[AudioKind] = []

    def check(path: Path) -> None:
        try:
            found.append(recognise(path, name))
        except Unreadable as refused:
            sentence = f"{refused.sentence} Nothing was kept."
            raise WrongKind(sentence, {"audio": [sentence]}) from None

    file = media_store().save(upload.stream, kind="audio", suffix="", check=check)
    return found[0], file


def refuse_large(stream: IO[bytes], name: str) -> None:
    size_bytes = stream.seek(0, os.SEEK_END)
    stream.seek(0)
    if size_bytes > limits().upload_mb * MB:
        sentence = f"“{name}” is larger than {limits().upload_mb} MB. Nothing was kept."
        raise TooLarge(sentence, {"audio": [sentence]})


def refuse_duplicate(artist_id: int, file: StoredFile, name: str) -> None:
    """Name the song that an artist has made of the same file already."""
    same = sa.select(Song.title).where(
        Song.artist_id == artist_id,
        Song.audio_sha256 == file.sha256,
        Song.deleted_at.is_(None),
        Song.state != "unreadable",
    )
    title = session().scalar(same.limit(1))
    if title is not None:
        raise Conflict(f"“{name}” is here already, as “{title}”.", {"audio": [f"This is here already, as “{title}”."]})


def filled_in(wishes: Wishes, tags: Tags) -> Wishes:
    """What the artist says, and where they say nothing, what the file says."""
    return Wishes(
        title=line_of(wishes.title, 200) or tags.title or "",
        album=line_of(wishes.album, 200) or ("" if wishes.album_id else tags.album or ""),
        album_id=wishes.album_id,
        genre=line_of(wishes.genre, 80) or tags.genre or "",
        track_no=wishes.track_no or tags.track_no,
        year=wishes.year or tags.year,
        lyrics=text_of(wishes.lyrics, 20_000) or tags.lyrics or "",
        licence=line_of(wishes.licence, 200) or tags.licence or "",
        explicit=wishes.explicit,
        publish_at=wishes.publish_at,
    )


def add_song(person: Person, artist_id: int, name: str, kind: AudioKind, file: StoredFile, wishes: Wishes) -> Song:
    """Insert the song of a stored file; inside `writing()`."""
    # The artist's row is the lock for all that must be there once: the same file, the album of a title.
    session().execute(sa.select(Artist.id).where(Artist.id == artist_id).with_for_update(key_share=True))
    album = album_of(person, artist_id, wishes)
    title = wishes.title or title_from(name)
    song_id = insert_new(
        Song,
        artist_id=artist_id,
        album_id=album.id if album else None,
        genre_id=genre_named(wishes.genre),
        title=title,
        title_key=fold(title),
        track_no=wishes.track_no,
        year=wishes.year,
        lyrics=wishes.lyrics,
        licence=wishes.licence,
        explicit=wishes.explicit,
        file_name=name,
        audio_key=file.key,
        audio_mime=kind.mime,
        audio_bytes=file.size_bytes,
        audio_sha256=file.sha256,
        uploaded_by=person.id,
    )
    if song_id is None:
        refuse_duplicate(artist_id, file, name)
        raise Conflict(f"“{name}” is being uploaded by somebody else at this moment.")
    song = session().get_one(Song, song_id)
    if wishes.publish_at is not None:
        set_song_publication(song, wishes.publish_at)
    return song


def album_of(person: Person, artist_id: int, wishes: Wishes) -> Album | None:
    """The album that a new song goes to; one that is made for it is published as the song is."""
    if wishes.album_id is not None:
        album = album_to_change(person, wishes.album_id)
        if album.artist_id != artist_id:
            raise NotFound("This album belongs to another artist.")
        return album
    return album_titled(artist_id, wishes) if wishes.album else None


def album_titled(artist_id: int, wishes: Wishes) -> Album:
    """An artist's newest album of the title wished for, made when there is none; the artist's row is locked."""
    same = sa.select(Album).where(
        Album.artist_id == artist_id, Album.title_key == fold(wishes.album), Album.deleted_at.is_(None)
    )
    return session().scalar(same.order_by(Album.id.desc()).limit(1)) or add_album(artist_id, wishes)


def add_album(artist_id: int, wishes: Wishes) -> Album:
    album = Album(
        artist_id=artist_id,
        title=wishes.album,
        title_key=fold(wishes.album),
        genre_id=genre_named(wishes.genre),
        year=wishes.year,
        created_at=now(),
    )
    session().add(album)
    session().flush()
    if wishes.publish_at is not None:
        set_album_publication(album, wishes.publish_at)
    return album


def title_from(name: str) -> str:
    """A song's title from its file's name: “03 - night_bus.mp3” → “night bus”."""
    stem = Path(name).stem.replace("_", " ")
    bare = stem.lstrip("0123456789").lstrip(" .-–")
    return line_of(bare or stem, 200) or "Untitled"
