"""Drafts that nobody touched for a week: noticed once a day, since music does not say when it was last changed."""

from datetime import datetime, timedelta

import sqlalchemy as sa

from musicapp.addresses import url_of
from musicapp.blocks import Block, Words
from musicapp.clock import now
from musicapp.database import UNSYNCED, UtcDateTime, insert_for, session, writing
from plugins.catalog.models import Album, Song
from plugins.catalog.models.drafts import WaitingDraft
from plugins.catalog.services.reminding.members import (
    RELEASES,
    Release,
    Theirs,
    for_members,
    is_of,
    key_of,
    read_key,
    told_of,
)

UNTOUCHED = timedelta(days=7)
KEY = ("kind", "subject_id")


def is_draft(table: Release) -> sa.ColumnElement[bool]:
    """Whether this could be published and is not; a song of an album waits with its album."""
    waits = sa.and_(table.published_at.is_(None), table.deleted_at.is_(None), table.hidden_at.is_(None))
    return sa.and_(waits, Song.album_id.is_(None), Song.state == "ready") if table is Song else waits


def revision_of(table: Release) -> sa.SQLColumnExpression[int]:
    """A number that changes with a song, and with an album or any song of it."""
    if table is Song:
        return Song.version
    of_songs = sa.select(sa.func.coalesce(sa.func.sum(Song.version), 0)).where(Song.album_id == Album.id)
    return Album.version + of_songs.correlate(Album).scalar_subquery()


def note_drafts() -> None:
    """Note each draft that is new or was changed as being like this from now on, and forget those that are none."""
    columns = ["kind", "subject_id", "artist_id", "revision", "since"]
    with writing() as unit:
        for kind, table in RELEASES.items():
            seen = (sa.literal(kind), table.id, table.artist_id, revision_of(table), sa.literal(now(), UtcDateTime()))
            row = insert_for(WaitingDraft).from_select(columns, sa.select(*seen).where(is_draft(table)))
            fresh = {name: row.excluded[name] for name in ("artist_id", "revision", "since")}
            changed = WaitingDraft.revision != row.excluded.revision
            unit.execute(row.on_conflict_do_update(index_elements=KEY, set_=fresh, where=changed))
            still = sa.exists().where(table.id == WaitingDraft.subject_id, is_draft(table))
            gone = sa.delete(WaitingDraft).where(WaitingDraft.kind == kind, ~still)
            unit.execute(gone, execution_options=UNSYNCED)


def is_noted(kind: str, table: Release) -> sa.ColumnElement[bool]:
    """Whether this was noted of a draft that is still like this."""
    same = sa.and_(WaitingDraft.kind == kind, WaitingDraft.subject_id == table.id)
    return sa.and_(same, WaitingDraft.revision == revision_of(table))


def waiting(at: datetime) -> sa.Subquery:
    """The drafts that were as they are for a week, as `for_members` takes them."""
    parts = []
    for kind, table in RELEASES.items():
        noted = told_of(kind, table, WaitingDraft.since).join(WaitingDraft, is_noted(kind, table))
        parts.append(noted.where(is_draft(table), WaitingDraft.since <= at - UNTOUCHED))
    return sa.union_all(*parts).subquery()


def drafts_waiting(at: datetime, after: int, limit: int) -> list[tuple[int, str, str, list[Block]]]:
    """Whom to remind of their drafts."""
    found = for_members(waiting(at), after, limit)
    return [(draft.person_id, key_of(draft), f"“{draft.title}” is waiting", [in_words(draft)]) for draft in found]


def in_words(draft: Theirs) -> Block:
    """A draft and the way to it."""
    text = f"“{draft.title}” by {draft.artist_name} is a draft that was not changed for a week. Nobody hears it yet."
    url = url_of(f"catalog.edit_{draft.kind}", **{f"{draft.kind}_id": draft.id})
    return Words(text, url, "Go on with it")


def is_still_waiting(person_id: int, key: str) -> bool:
    """Whether a draft is as it was when its people were to be reminded, and theirs."""
    kind, subject_id, since = read_key(key)
    table = RELEASES[kind]
    noted = sa.select(table.id).join(WaitingDraft, is_noted(kind, table))
    this = noted.where(table.id == subject_id, WaitingDraft.since == since, is_draft(table), is_of(person_id, table))
    return session().scalar(this) is not None
