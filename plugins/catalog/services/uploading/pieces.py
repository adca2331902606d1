"""Uploads in pieces: begun with a promise of room, grown piece by piece, and made a song when the last byte is here."""

import secrets
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from musicapp.clock import now
from musicapp.database import session, writing
from musicapp.errors import Conflict, NotFound, Refused, TooOften, WrongKind
from musicapp.storage import Checksum, Growing, media_store
from musicapp.storage.store import Readable
from plugins.catalog.media import AudioKind, read_tags_safely
from plugins.catalog.models import PartialUpload, Song
from plugins.catalog.services.artists import artist_to_publish_as
from plugins.catalog.services.limits import limits
from plugins.catalog.services.persons import Person
from plugins.catalog.services.uploading.duplicates import HereAlready, refuse_duplicate, titles_of_same_sound
from plugins.catalog.services.uploading.files import name_of, recognition, refuse_large
from plugins.catalog.services.uploading.quota import is_under_way, refuse_over_quota
from plugins.catalog.services.uploading.songs import keep_song_file, lock_artist
from plugins.catalog.services.uploading.wishes import Wishes, filled_in
from plugins.catalog.services.words import line_of

NOT_HERE = "This upload is not here any more. Send the file again."
MOST_UNDER_WAY = 200
FINAL = (403, 404, 409, 413, 415, 422)
"""A refusal with one of these is about the file or its wishes: sending the same again does not help."""


@dataclass(frozen=True)
class Progress:
    """How far an upload is; `song_*` belong to the song that it became, or that is here already of the same file.

    `same_sound_as` is the title of a song of the artist's that another file gave the same sound, "" for none.
    """

    id: str
    file_name: str
    fingerprint: str
    size_bytes: int
    received_bytes: int
    problem: str
    expires_at: datetime
    song_id: int | None
    song_title: str
    song_state: str
    song_problem: str
    same_sound_as: str = ""

    @property
    def ended(self) -> bool:
        """Whether nothing more of it is awaited."""
        return bool(self.problem) or self.song_id is not None

    @property
    def became_song(self) -> bool:
        """Whether the stored file is a song's by now."""
        return self.song_id is not None and not self.problem


def begin_upload(person: Person, file_name: str, size_bytes: int, wishes: Wishes, fingerprint: str = "") -> Progress:
    """Promise room to a file that will arrive in pieces.

    Raises TooLarge for the file or the artist's room, and TooOften when too many uploads are under way.
    """
    artist_id = artist_to_publish_as(person, wishes.artist_id)
    name = name_of(file_name)
    refuse_large(size_bytes, name)
    if size_bytes <= 0:
        sentence = f"“{name}” is an empty file, not music. Nothing was kept."
        raise WrongKind(sentence, {"audio": [sentence]})
    with writing() as unit:
        lock_artist(artist_id)
        refuse_many(person)
        refuse_over_quota(artist_id, size_bytes, name)
        upload = PartialUpload(
            id=secrets.token_hex(16),
            user_id=person.id,
            artist_id=artist_id,
            file_name=name,
            fingerprint=line_of(fingerprint, 64),
            size_bytes=size_bytes,
            wishes=as_json(wishes),
        )
        unit.add(upload)
    return upload_of(person, upload.id)


def refuse_many(person: Person) -> None:
    """Raise TooOften when somebody has more uploads under way than one ever needs."""
    mine = sa.select(sa.func.count()).where(PartialUpload.user_id == person.id, is_under_way())
    if (session().scalar(mine) or 0) >= MOST_UNDER_WAY:
        raise TooOften(f"{MOST_UNDER_WAY} of your uploads are under way. Finish or cancel some of them first.", 60)


def upload_of(person: Person, upload_id: str) -> Progress:
    """How far one of somebody's own uploads is, as the disk says; raises NotFound for any other."""
    if not (mine := uploads_of(person, ids=[upload_id])):
        raise NotFound(NOT_HERE)
    [found] = mine
    if found.ended:
        return found
    return replace(found, received_bytes=media_store().growing(found.id, kind="audio").size_bytes)


def uploads_of(person: Person, ids: Sequence[str] | None = None) -> list[Progress]:
    """Somebody's own uploads, the oldest first: those named, or all that are under way."""
    query = (
        sa.select(PartialUpload, Song.title, Song.state, Song.problem)
        .outerjoin(Song, Song.id == PartialUpload.song_id)
        .where(PartialUpload.user_id == person.id)
        .order_by(PartialUpload.created_at, PartialUpload.id)
        .limit(MOST_UNDER_WAY)
        .execution_options(populate_existing=True)
    )
    chosen = query.where(is_under_way()) if ids is None else query.where(PartialUpload.id.in_(ids))
    found = [progress(*row) for row in session().execute(chosen)]
    ready = [one.song_id for one in found if one.song_id is not None and one.song_state == "ready" and not one.problem]
    alike = titles_of_same_sound(person, ready)
    return [replace(one, same_sound_as=alike.get(one.song_id or 0, "")) for one in found]


def progress(upload: PartialUpload, title: str | None, state: str | None, problem: str | None) -> Progress:
    """What a row and its song say of an upload."""
    return Progress(
        id=upload.id,
        file_name=upload.file_name,
        fingerprint=upload.fingerprint,
        size_bytes=upload.size_bytes,
        received_bytes=upload.received_bytes,
        problem=upload.problem,
        expires_at=upload.touched_at + timedelta(days=limits().unfinished_days),
        song_id=upload.song_id,
        song_title=title or "",
        song_state=state or "",
        song_problem=problem or "",
    )


def add_piece(
    person: Person, upload_id: str, piece: Readable, *, at_bytes: int, checksum: Checksum | None = None
) -> Progress:
    """Add the piece that begins at byte `at_bytes`; the last one makes the file a song.

    Raises BeingWritten, Misplaced, and what `upload_song` raises of a whole file: then the upload has ended.
    """
    upload = upload_of(person, upload_id)
    if upload.problem:
        raise Conflict(upload.problem, {"audio": [upload.problem]})
    if upload.song_id is not None:
        return upload
    with media_store().growing(upload.id, kind="audio") as file:
        file.append(piece, at_bytes=at_bytes, whole_bytes=upload.size_bytes, checksum=checksum)
        with own_upload(person, upload_id) as row:
            row.received_bytes, row.touched_at = file.size_bytes, now()
            complete = row.song_id is None and not row.problem and row.received_bytes == row.size_bytes
        if complete:
            finish(person, row, file)
    return upload_of(person, upload_id)


@contextmanager
def own_upload(person: Person, upload_id: str) -> Iterator[PartialUpload]:
    """One of somebody's own uploads to be changed, locked until the end of the block."""
    mine = sa.select(PartialUpload).where(PartialUpload.id == upload_id, PartialUpload.user_id == person.id)
    with writing() as unit:
        row = unit.scalar(mine.with_for_update())
        if row is None:
            raise NotFound(NOT_HERE)
        yield row


def finish(person: Person, upload: PartialUpload, file: Growing) -> None:
    """Make the whole file a song, or keep the sentence that says why not and drop the file."""
    try:
        make_song(person, upload, file)
    except Refused as refused:
        if refused.status in FINAL:
            with own_upload(person, upload.id) as row:
                row.problem = refused.sentence
                row.song_id = refused.song_id if isinstance(refused, HereAlready) else None
            file.delete()
        raise


def make_song(person: Person, upload: PartialUpload, file: Growing) -> None:
    """Store the file and insert its song; written together, so that no crash makes a second one."""
    kinds: list[AudioKind] = []
    stored = file.finish(recognition(upload.file_name, kinds.append))
    refuse_duplicate(person, upload.artist_id, stored, upload.file_name)
    tags = read_tags_safely(media_store().path(stored.key))
    wishes = filled_in(from_json(upload.wishes), tags)
    with own_upload(person, upload.id) as row:
        song = keep_song_file(person, upload.artist_id, upload.file_name, kinds[0], stored, wishes)
        row.song_id = song.id


def cancel_upload(person: Person, upload_id: str) -> None:
    """Forget an upload and what is here of its file; the song that it became stays."""
    upload = upload_of(person, upload_id)
    if upload.became_song:
        forget(person, upload_id)
        return
    with media_store().growing(upload_id, kind="audio") as file:
        if not forget(person, upload_id):
            file.delete()


def forget(person: Person, upload_id: str) -> bool:
    """Remove the row of an upload; whether it had become a song."""
    with own_upload(person, upload_id) as row:
        session().delete(row)
    return row.song_id is not None and not row.problem


def as_json(wishes: Wishes) -> dict[str, Any]:
    moment = wishes.publish_at.isoformat() if wishes.publish_at else None
    return asdict(wishes) | {"publish_at": moment}


def from_json(wishes: dict[str, Any]) -> Wishes:
    moment = wishes["publish_at"]
    return Wishes(**wishes | {"publish_at": datetime.fromisoformat(moment) if moment else None})
