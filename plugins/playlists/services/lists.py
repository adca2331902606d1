"""Lists of playlists: one's own, those that others share with somebody, those one follows, and what is public."""

from typing import Any, Literal

import sqlalchemy as sa

from musicapp.database import session
from musicapp.paging import Order, Page, page_of
from plugins.catalog.services import Person, may_browse
from plugins.playlists.models import Collaborator, Follow, Playlist
from plugins.playlists.services.cards import PlaylistCard, card_columns, playlist_card
from plugins.playlists.services.seeing import is_known_to, is_listed

Sort = Literal["changed", "name"]
ORDERS = {
    "changed": Order("changed", Playlist.changed_at, Playlist.id, descending=True),
    "name": Order("name", Playlist.search_key, Playlist.id),
}
MOST_TO_FILL = 500


def own_playlists(
    person: Person, *, sort: Sort = "changed", limit: int = 50, cursor: str | None = None
) -> Page[PlaylistCard]:
    """A page of somebody's own playlists, what changed last first, or by name."""
    mine = sa.and_(Playlist.owner_id == person.id, Playlist.deleted_at.is_(None))
    return cards_of(person, sa.select(Playlist).where(mine), sort, limit, cursor)


def shared_playlists(
    person: Person, *, sort: Sort = "changed", limit: int = 50, cursor: str | None = None
) -> Page[PlaylistCard]:
    """A page of the playlists that others let somebody see or change."""
    let_in = sa.select(Collaborator.playlist_id).where(Collaborator.user_id == person.id)
    query = sa.select(Playlist).where(Playlist.id.in_(let_in), is_known_to(person))
    return cards_of(person, query, sort, limit, cursor)


def followed_playlists(
    person: Person, *, sort: Sort = "changed", limit: int = 50, cursor: str | None = None
) -> Page[PlaylistCard]:
    """A page of the playlists that somebody follows and may still see."""
    followed = sa.select(Follow.playlist_id).where(Follow.user_id == person.id)
    query = sa.select(Playlist).where(Playlist.id.in_(followed), is_known_to(person))
    return cards_of(person, query, sort, limit, cursor)


def public_playlists(
    person: Person | None,
    *,
    owner_id: int | None = None,
    sort: Sort = "changed",
    limit: int = 50,
    cursor: str | None = None,
) -> Page[PlaylistCard]:
    """A page of the playlists that everybody may find, of all people or of one."""
    if not may_browse(person):
        return Page([], None)
    query = sa.select(Playlist).where(is_listed())
    if owner_id is not None:
        query = query.where(Playlist.owner_id == owner_id)
    return cards_of(person, query, sort, limit, cursor)


def playlists_to_fill(person: Person) -> list[PlaylistCard]:
    """The playlists to which somebody may add songs, what changed last first; names alone, for menus."""
    edits = sa.select(Collaborator.playlist_id).where(Collaborator.user_id == person.id, Collaborator.role == "editor")
    theirs = sa.or_(Playlist.owner_id == person.id, sa.and_(Playlist.id.in_(edits), Playlist.hidden_at.is_(None)))
    query = sa.select(Playlist).where(theirs, Playlist.deleted_at.is_(None), Playlist.rules.is_(None))
    query = query.order_by(Playlist.changed_at.desc(), Playlist.id.desc()).limit(MOST_TO_FILL)
    return [playlist_card(row) for row in session().execute(card_columns(query, person, names_alone=True))]


def cards_of(
    person: Person | None, query: sa.Select[Any], sort: Sort, limit: int, cursor: str | None
) -> Page[PlaylistCard]:
    def shown(chosen: sa.Select[Any]) -> sa.Select[Any]:
        return card_columns(chosen, person)

    return page_of(query, ORDERS[sort], playlist_card, shows=shown, limit=limit, cursor=cursor)
