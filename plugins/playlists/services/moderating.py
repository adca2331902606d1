"""What moderators decide about playlists, and what they look at before; who may decide, the caller knows.

The verbs undo each other, and may be called again for what is so already.
"""

import re
from collections.abc import Collection

import sqlalchemy as sa

from musicapp import emit
from musicapp.addresses import url_of
from musicapp.clock import now
from musicapp.database import session, writing
from musicapp.errors import NotFound
from musicapp.evidence import Evidence, Fact, State, facts_about
from musicapp.routing import LARGEST_ID
from plugins.auth import services as auth
from plugins.catalog.services import Person
from plugins.catalog.services.persons import Staff
from plugins.playlists.events import PlaylistDeleted, PlaylistHidden, PlaylistRestored, PlaylistShown
from plugins.playlists.models import Collaborator, Entry, Follow, Playlist
from plugins.playlists.services.names import named_once
from plugins.playlists.services.pictures import covers_inside, pictures
from plugins.playlists.services.seeing import NOT_HERE, is_known_to, known_id

ADDRESS = re.compile(r"^(?:https?://[^/]+)?(?:/[^/?#]+)*?/playlists/([0-9]{1,10})(?=[/?#]|$)")


def hide_playlist(playlist_id: int) -> None:
    """Keep a playlist from all but its owner and the staff."""
    with writing():
        playlist = playlist_to_judge(playlist_id)
        if playlist.hidden_at is None:
            playlist.hidden_at = now()
            emit(PlaylistHidden(playlist_id))


def show_playlist(playlist_id: int) -> None:
    """Let everybody whom its owner let see it have a playlist again that was hidden."""
    with writing():
        playlist = playlist_to_judge(playlist_id)
        if playlist.hidden_at is not None:
            playlist.hidden_at = None
            emit(PlaylistShown(playlist_id))


def remove_playlist(playlist_id: int) -> None:
    """Take a playlist from everybody but the staff, its owner included."""
    with writing():
        playlist = playlist_to_judge(playlist_id)
        if playlist.removed_at is None:
            playlist.removed_at = now()
            if playlist.deleted_at is None:
                playlist.deleted_at = playlist.removed_at
                emit(PlaylistDeleted(playlist_id, playlist.owner_id))


def return_playlist(playlist_id: int) -> None:
    """Undo the removal of a playlist; what its owner had deleted before stays so, and is theirs to bring back.

    Raises Conflict when its owner has another of this name by now.
    """
    with writing() as unit:
        playlist = playlist_to_judge(playlist_id)
        if playlist.removed_at is None:
            return
        was_there = playlist.deleted_at == playlist.removed_at
        with named_once(playlist.name):
            playlist.removed_at = None
            playlist.deleted_at = None if was_there else playlist.deleted_at
            unit.flush()
        if was_there:
            emit(PlaylistRestored(playlist_id, playlist.owner_id))


def playlist_to_judge(playlist_id: int) -> Playlist:
    """A playlist in any state, locked until the end of this unit of work; raises NotFound."""
    chosen = sa.select(Playlist).where(Playlist.id == known_id(playlist_id)).with_for_update(key_share=True)
    playlist = session().scalars(chosen).one_or_none()
    if playlist is None:
        raise NotFound(NOT_HERE)
    return playlist


def playlist_evidence(playlist_id: int) -> Evidence | None:
    """A playlist in any state with what helps to judge it; None where it is gone for good."""
    chosen = sa.select(Playlist, covers_inside(Staff())).where(Playlist.id == playlist_id)
    row = session().execute(chosen).one_or_none()
    if row is None:
        return None
    playlist, inside = row
    shown = next(iter(pictures(playlist.id, playlist.cover_id, playlist.tint, inside)), None)
    followers = count(Follow.user_id, Follow.playlist_id == playlist_id)
    members = count(Collaborator.user_id, Collaborator.playlist_id == playlist_id)
    facts: dict[str, Fact] = {
        "Visibility": playlist.visibility,
        "Songs": playlist.songs_count if playlist.rules is None else "chosen by rules",
        "Followers": followers,
        "Collaborators": members,
        "Made": playlist.created_at.date().isoformat(),
        "Changed": playlist.changed_at.date().isoformat(),
    }
    return Evidence(
        title=playlist.name,
        url=url_of("playlists.playlist", playlist_id=playlist_id),
        by=auth.names_of([playlist.owner_id]).get(playlist.owner_id, ""),
        owner_ids=frozenset([playlist.owner_id]),
        picture_url=shown.url(300) if shown else "",
        tint=playlist.tint,
        words=playlist.description,
        facts={**facts, **facts_about("playlist", playlist_id)},
        state=state_of(playlist),
        reach=followers + members,
        published_at=playlist.created_at,
    )


def reach_of_playlists(playlist_ids: Collection[int]) -> dict[int, int]:
    """How many people follow each playlist or keep it with its owner, as its evidence says it, in one statement."""
    columns = (Follow.playlist_id, Collaborator.playlist_id)
    both = sa.union_all(*(sa.select(column).where(column.in_(playlist_ids)) for column in columns)).subquery()
    people = sa.select(both.c.playlist_id, sa.func.count().label("people")).group_by(both.c.playlist_id)
    return dict.fromkeys(playlist_ids, 0) | {row.playlist_id: row.people for row in session().execute(people)}


def state_of(playlist: Playlist) -> State:
    if playlist.deleted_at is not None:
        return "removed"
    return "hidden" if playlist.hidden_at is not None else "shown"


def withheld_lists(person: Person | None, addresses: Collection[str]) -> set[str]:
    """Those of these addresses that lead to a playlist not for somebody to know of."""
    meant = {address: int(found[1]) for address in addresses if (found := ADDRESS.match(address))}
    if not meant:
        return set()
    asked = {playlist_id for playlist_id in meant.values() if playlist_id <= LARGEST_ID}
    known = set(session().scalars(sa.select(Playlist.id).where(Playlist.id.in_(asked), is_known_to(person))))
    return {address for address, playlist_id in meant.items() if playlist_id not in known}


def playlists_with(song_id: int) -> int:
    """How many playlists have a song, whoever's they are."""
    which = sa.and_(Entry.song_id == song_id, Entry.removed_at.is_(None))
    return session().scalar(sa.select(sa.func.count(sa.distinct(Entry.playlist_id))).where(which)) or 0


def playlists_of(person_id: int) -> int:
    """How many playlists somebody has."""
    return count(Playlist.id, sa.and_(Playlist.owner_id == person_id, Playlist.deleted_at.is_(None)))


def count(column: sa.SQLColumnExpression[int], which: sa.ColumnElement[bool]) -> int:
    return session().scalar(sa.select(sa.func.count(column)).where(which)) or 0
