"""The song of a file that is here: its row and the job that makes it ready, written together."""

from dataclasses import replace

import sqlalchemy as sa

from musicapp.database import session, writing
from musicapp.errors import Conflict
from musicapp.plugins import emit
from musicapp.storage import StoredFile, media_store
from plugins.catalog.events import SongUploaded
from plugins.catalog.media import AudioKind, read_tags_safely
from plugins.catalog.models import Artist, Song, fold
from plugins.catalog.services import covers
from plugins.catalog.services.artists import artist_to_publish_as
from plugins.catalog.services.attesting import attested_by
from plugins.catalog.services.genres import genre_named
from plugins.catalog.services.inserting import insert_new
from plugins.catalog.services.moderating.along import hidden_since
from plugins.catalog.services.moderating.holding import is_closed_to
from plugins.catalog.services.persons import Person
from plugins.catalog.services.processing.enqueuing import enqueue_song
from plugins.catalog.services.publishing import set_song_publication
from plugins.catalog.services.uploading.albums import album_of
from plugins.catalog.services.uploading.duplicates import refuse_duplicate, refuse_withdrawn
from plugins.catalog.services.uploading.files import Upload, keep_file, name_of
from plugins.catalog.services.uploading.quota import refuse_over_quota
from plugins.catalog.services.uploading.wishes import Wishes, filled_in, title_from


def upload_song(person: Person, upload: Upload, wishes: Wishes) -> int:
    """Keep a file as a new song and answer the song's id; its job is under way.

    Raises WrongKind for what is no music, TooLarge for a file or an artist's room that is full, and HereAlready for a
    file that the artist has here; of a refused file nothing is kept.
    """
    artist_id = artist_to_publish_as(person, wishes.artist_id)
    name = name_of(upload.filename)
    kind, file = keep_file(upload, name)
    try:
        refuse_duplicate(person, artist_id, file, name)
        tags = read_tags_safely(media_store().path(file.key))
        with writing():
            lock_artist(artist_id)
            refuse_over_quota(artist_id, file.size_bytes, name)
            song = keep_song_file(person, artist_id, name, kind, file, filled_in(wishes, tags))
    except BaseException:
        media_store().delete(file.key)
        raise
    return song.id


def keep_song_file(
    person: Person, artist_id: int, name: str, kind: AudioKind, file: StoredFile, wishes: Wishes
) -> Song:
    """Make a song of a stored file, with its cover and its job, and tell of it; inside `writing()`."""
    song = add_song(person, artist_id, name, kind, file, wishes)
    if wishes.cover_id is not None:
        covers.wear(song, wishes.cover_id)
    enqueue_song(song.id)
    emit(SongUploaded(song.id, artist_id, person.id))
    return song


def add_song(person: Person, artist_id: int, name: str, kind: AudioKind, file: StoredFile, wishes: Wishes) -> Song:
    """Insert the song of a stored file; inside `writing()`. One for an album that is held stands alone, as a draft."""
    lock_artist(artist_id)
    refuse_withdrawn(person, artist_id, file, name)  # moderators may have decided since it was sent
    album = album_of(person, artist_id, wishes)
    if album is not None and is_closed_to(person, album):  # it would not get out of there again
        album, wishes = None, replace(wishes, publish_at=None)
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
        **(attested_by(person) if wishes.rights_confirmed else {}),
        file_name=name,
        audio_key=file.key,
        audio_mime=kind.mime,
        audio_bytes=file.size_bytes,
        audio_sha256=file.sha256,
        uploaded_by=person.id,
        hidden_at=hidden_since(artist_id, album.id if album else None),
    )
    if song_id is None:
        refuse_duplicate(person, artist_id, file, name)
        raise Conflict(f"“{name}” is being uploaded by somebody else at this moment.")
    song = session().get_one(Song, song_id)
    if wishes.publish_at is not None:
        set_song_publication(song, wishes.publish_at)
    return song


def lock_artist(artist_id: int) -> None:
    """Take the artist's row, the lock for all that must be there once or not exceed a limit: the same file, the album
    of a title, the room that their music takes."""
    session().execute(sa.select(Artist.id).where(Artist.id == artist_id).with_for_update(key_share=True))
