"""What playlists hold of one person: handed out to them as files, and erased when they leave for good."""

from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa

from musicapp.belongings import Named, rows_as_files, stored_file
from musicapp.database import UNSYNCED, session, writing
from plugins.catalog.services import cover_by_id, named_songs
from plugins.catalog.services.subjects import forget_subjects
from plugins.catalog.services.unworn_covers import delete_files, forgotten
from plugins.playlists.models import Change, Collaborator, Entry, Follow, Invitation, Playlist, TakenIn

AT_ONCE = 50
ABOUT_PEOPLE = ("invited", "role", "left", "sent_away")
Rows = sa.Select[*tuple[Any, ...]]


def own_data(person_id: int) -> Iterator[Named]:
    """Somebody's playlists with their songs and covers, those they follow and share, and what they changed."""
    yield from rows_as_files("playlists/playlists", playlists(person_id))
    yield from rows_as_files("playlists/songs", songs(person_id))
    yield from covers(person_id)
    yield from rows_as_files("playlists/following", of_others(Follow, Follow.since, person_id))
    shared = of_others(Collaborator, Collaborator.joined_at, person_id).add_columns(Collaborator.role)
    yield from rows_as_files("playlists/shared-with-me", shared)
    changes = sa.select(Change.playlist_id, Change.kind, Change.of, Change.made_at)
    yield from rows_as_files("playlists/my-changes", changes.where(Change.person_id == person_id).order_by(Change.id))
    taken = sa.select(TakenIn.playlist_id, TakenIn.file_name, TakenIn.found_count, TakenIn.missing, TakenIn.created_at)
    yield from rows_as_files("playlists/taken-in", taken.where(TakenIn.user_id == person_id).order_by(TakenIn.id))


def playlists(person_id: int) -> Rows:
    of = Playlist
    columns = (of.id, of.name, of.description, of.visibility, of.rules, of.songs_count, of.created_at, of.changed_at)
    return sa.select(*columns, of.deleted_at).where(of.owner_id == person_id).order_by(of.id)


def songs(person_id: int) -> Rows:
    """The songs of all of somebody's playlists, in the order of each."""
    named = named_songs().subquery("named")
    columns = (Playlist.id.label("playlist_id"), Playlist.name.label("playlist"), Entry.song_id, named.c.title)
    query = sa.select(*columns, named.c.artist, Entry.added_at).join(Entry, Entry.playlist_id == Playlist.id)
    mine = query.join(named, named.c.id == Entry.song_id).where(Playlist.owner_id == person_id)
    return mine.where(Entry.removed_at.is_(None)).order_by(Playlist.id, Entry.place, Entry.id)


def covers(person_id: int) -> Iterator[Named]:
    """The covers that somebody chose for their playlists."""
    chosen = sa.select(Playlist.id, Playlist.cover_id).where(Playlist.owner_id == person_id)
    for playlist_id, cover_id in session().execute(chosen.where(Playlist.cover_id.is_not(None))).all():
        yield f"playlists/covers/{playlist_id}.webp", stored_file(cover_by_id(cover_id or 0, 600)[0])


def of_others(table: type[Follow | Collaborator], since: Any, person_id: int) -> Rows:
    """Playlists of others that somebody follows or shares."""
    of = sa.select(Playlist.id.label("playlist_id"), Playlist.name, since)
    return of.join(table, table.playlist_id == Playlist.id).where(table.user_id == person_id).order_by(Playlist.id)


def erase(person_id: int) -> None:
    """Remove somebody's playlists for ever, with what was said of them; take them off those of others."""
    while erase_playlists(person_id):
        pass
    with writing() as unit:
        for column in (Follow.user_id, Collaborator.user_id, TakenIn.user_id):
            unit.execute(sa.delete(column.class_).where(column == person_id), execution_options=UNSYNCED)
        unused = sa.and_(Invitation.invited_by == person_id, Invitation.used_at.is_(None))
        unit.execute(sa.delete(Invitation).where(unused), execution_options=UNSYNCED)
        about = sa.and_(Change.kind.in_(ABOUT_PEOPLE), Change.of["person_id"].as_integer() == person_id)
        unit.execute(sa.delete(Change).where(about), execution_options=UNSYNCED)


def erase_playlists(person_id: int) -> int:
    """Remove some of somebody's playlists; how many there were."""
    some = sa.select(Playlist.id, Playlist.cover_id).where(Playlist.owner_id == person_id).limit(AT_ONCE)
    with writing() as unit:
        rows = unit.execute(some.with_for_update()).all()
        ids = [playlist_id for playlist_id, _ in rows]
        unit.execute(sa.delete(Playlist).where(Playlist.id.in_(ids)), execution_options=UNSYNCED)
        forget_subjects("playlist", ids)
        covers = sorted({cover_id for _, cover_id in rows if cover_id is not None})
        unworn = [key for cover_id in covers for key in forgotten(cover_id)]
    delete_files(unworn)
    return len(rows)
