"""One playlist by itself, found by its id or by its name."""

from dataclasses import dataclass, replace
from typing import Any

import sqlalchemy as sa

from musicapp.database import session
from musicapp.errors import NotFound
from plugins.catalog.services import Person
from plugins.playlists.models import Follow, Playlist
from plugins.playlists.services.cards import CARD_COLUMNS, PlaylistCard, card_columns, count_heard, playlist_card
from plugins.playlists.services.names import key_of
from plugins.playlists.services.seeing import NOT_HERE, Condition, Role, is_known_to, known_id, role_of
from plugins.playlists.services.smart.songs import count_smart

DIGITS = 9


@dataclass(frozen=True)
class PlaylistDetail:
    """A playlist by itself. `role` is what its reader is to it: owner, editor, viewer, or None.

    The card counts the entries that the reader meets: all of them for who may change the list, otherwise those of
    songs that they may hear. `removed` says that moderators left it to the staff alone.
    """

    card: PlaylistCard
    role: Role | None
    followers_count: int
    follows: bool
    rules: dict[str, Any] | None
    removed: bool

    @property
    def may_edit(self) -> bool:
        """Whether its reader may change which songs it has."""
        return self.role in ("owner", "editor") and self.rules is None

    @property
    def is_public(self) -> bool:
        """Whether everybody finds it."""
        return self.card.visibility == "public" and not self.card.hidden


def playlist_detail(person: Person | None, playlist_id: int) -> PlaylistDetail:
    """A playlist as somebody sees it; raises NotFound where they may not know of it."""
    return found(person, Playlist.id == known_id(playlist_id))


def playlist_by_name(person: Person, name: str) -> PlaylistDetail:
    """Somebody's own playlist of this name; raises NotFound."""
    return found(person, sa.and_(Playlist.owner_id == person.id, Playlist.name_key == key_of(name)))


def playlist_meant(person: Person, id_or_name: str) -> int:
    """The id of the playlist that somebody may change and means by its id, or of their own by its name.

    Raises NotFound.
    """
    by_name = sa.and_(Playlist.owner_id == person.id, Playlist.name_key == key_of(id_or_name))
    number = int(id_or_name) if id_or_name.isdecimal() and len(id_or_name) <= DIGITS else 0
    by_id = sa.and_(Playlist.id == number, role_of(person).in_(("owner", "editor")))
    query = sa.select(Playlist.id).where(is_known_to(person), sa.or_(by_id, by_name))
    playlist_id = session().scalar(query.order_by(sa.case((Playlist.id == number, 0), else_=1)).limit(1))
    if playlist_id is None:
        raise NotFound(NOT_HERE)
    return playlist_id


def found(person: Person | None, chosen: Condition) -> PlaylistDetail:
    follows = sa.exists().where(Follow.playlist_id == Playlist.id, Follow.user_id == (person.id if person else 0))
    followers = sa.select(sa.func.count()).select_from(Follow).where(Follow.playlist_id == Playlist.id)
    edits = role_of(person).in_(("owner", "editor"))
    query = card_columns(sa.select(Playlist).where(chosen, is_known_to(person)), person).add_columns(
        role_of(person),
        followers.correlate(Playlist).scalar_subquery(),
        follows.correlate(Playlist).label("follows"),
        Playlist.rules,
        sa.case((edits, Playlist.songs_count), else_=count_heard(person)),
        Playlist.removed_at.is_not(None),
    )
    row = session().execute(query).one_or_none()
    if row is None:
        raise NotFound(NOT_HERE)
    role, followers_count, is_followed, rules, songs_count, removed = row[CARD_COLUMNS:]
    card = replace(playlist_card(row), songs_count=songs_count)
    if rules is not None:
        count, seconds = count_smart(person, card.id, card.owner_id, rules)
        card = replace(card, songs_count=count, duration_s=seconds)
    return PlaylistDetail(card, role, followers_count, bool(is_followed), rules, bool(removed))
