"""Who may see and who may change which playlist: written once, asked by every list, page, file and search."""

from typing import Any, Literal

import sqlalchemy as sa

from musicapp.database import session
from musicapp.errors import Conflict, Forbidden, NotFound
from musicapp.routing import LARGEST_ID
from plugins.catalog.services import Person, is_opened, may_browse, sees_all
from plugins.playlists.models import Collaborator, Playlist

Condition = sa.ColumnElement[bool]
Role = Literal["owner", "editor", "viewer"]
NOT_HERE = "This playlist is not here, or you may not see it."
CHOSEN_BY_RULES = "The songs of a smart playlist are chosen by its rules."
LARGEST_ENTRY_ID = 2**63 - 1
# Written into the statement, not given as a parameter: only so do databases see that an index of public lists will do.
IN_PUBLIC: sa.ColumnElement[str] = sa.literal_column("'public'")


def is_known_to(person: Person | None) -> Condition:
    """Whether somebody may open a playlist by its address.

    Owners and who looks after the site see what is hidden too, the latter also what moderators removed; a private one
    is seen by its owner, by whom the owner let in, by who opened a secret link to it, and by who looks after the site.
    """
    stands = Playlist.deleted_at.is_(None)
    if not may_browse(person):
        return sa.false()
    if sees_all(person):
        return sa.or_(stands, Playlist.removed_at.is_not(None))
    open_to_all = Playlist.visibility != "private"
    by_link = is_opened("playlist", Playlist.id)
    if person is None:
        return sa.and_(stands, Playlist.hidden_at.is_(None), sa.or_(open_to_all, by_link))
    let_in = sa.and_(Playlist.hidden_at.is_(None), sa.or_(open_to_all, is_member(person), by_link))
    return sa.and_(stands, sa.or_(Playlist.owner_id == person.id, let_in))


def is_listed() -> Condition:
    """Whether everybody finds a playlist in lists and searches."""
    return sa.and_(Playlist.visibility == IN_PUBLIC, Playlist.deleted_at.is_(None), Playlist.hidden_at.is_(None))


def is_member(person: Person) -> Condition:
    """Whether an owner let somebody in, as viewer or editor."""
    return sa.exists().where(Collaborator.playlist_id == Playlist.id, Collaborator.user_id == person.id)


def role_of(person: Person | None) -> sa.ColumnElement[Any]:
    """What somebody is to a playlist: owner, editor, viewer or nothing."""
    if person is None:
        return sa.literal(None, sa.String).label("role")
    invited_as = (
        sa.select(Collaborator.role)
        .where(Collaborator.playlist_id == Playlist.id, Collaborator.user_id == person.id)
        .correlate(Playlist)
        .scalar_subquery()
    )
    return sa.case((Playlist.owner_id == person.id, "owner"), else_=invited_as).label("role")


def known_id(number: int, sentence: str = NOT_HERE, largest: int = LARGEST_ID) -> int:
    """An id that a table could hold; raises NotFound with `sentence` for any other."""
    if not 0 < number <= largest:
        raise NotFound(sentence)
    return number


def own_playlist(person: Person, playlist_id: int, *, deleted: bool = False) -> Playlist:
    """A playlist of one's own, locked until the end of this unit of work; `deleted` asks for one that is gone."""
    if deleted:
        known = sa.and_(Playlist.deleted_at.is_not(None), Playlist.owner_id == person.id)
    else:
        known = sa.and_(is_known_to(person), Playlist.deleted_at.is_(None))
    return locked(person, playlist_id, known, ("owner",), "This is another's playlist; only they can do this.")


def playlist_to_edit(person: Person, playlist_id: int) -> Playlist:
    """A playlist whose entries somebody may change, locked until the end of this unit of work; never a smart one."""
    not_theirs = "Only its owner, and editors whom the owner invited, can change this playlist."
    known = sa.and_(is_known_to(person), Playlist.deleted_at.is_(None))
    playlist = locked(person, playlist_id, known, ("owner", "editor"), not_theirs)
    if playlist.rules is not None:
        raise Conflict(CHOSEN_BY_RULES)
    return playlist


def locked(person: Person, playlist_id: int, known: Condition, roles: tuple[Role, ...], not_theirs: str) -> Playlist:
    query = sa.select(Playlist, role_of(person)).where(Playlist.id == known_id(playlist_id), known)
    row = session().execute(query.with_for_update(of=Playlist, key_share=True)).one_or_none()
    if row is None:
        raise NotFound(NOT_HERE)
    playlist: Playlist = row[0]
    if row[1] not in roles:
        raise Forbidden(not_theirs)
    return playlist
