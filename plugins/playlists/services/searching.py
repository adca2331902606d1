"""Finding playlists by their names: the beginning of the name, or of a word in it."""

import sqlalchemy as sa

from musicapp.database import session
from plugins.catalog.services import Person, fold, may_browse
from plugins.playlists.models import Collaborator, Playlist
from plugins.playlists.services.cards import PlaylistCard, card_columns, playlist_card
from plugins.playlists.services.seeing import Condition, is_listed

LATEST_LOOKED_AT = 2_000
BEHIND_ALL = "\U0010ffff"


def find_playlists(person: Person | None, text: str, limit: int = 20) -> list[PlaylistCard]:
    """The playlists whose names begin with a text or have a word that does, those that begin with it first.

    Looked at are all of one's own and those shared with one, all public ones by their beginning, and the public ones
    that changed last by their words: so a search costs the same on a site of a million lists.
    """
    words = fold(text)
    if not words or not may_browse(person):
        return []
    begins = sa.and_(Playlist.search_key >= words, Playlist.search_key < words + BEHIND_ALL)
    has_word = sa.or_(begins, Playlist.search_key.contains(f" {words}", autoescape=True))
    chosen = [some_ids(sa.and_(is_listed(), begins), limit), some_ids(latest_with(has_word), limit)]
    if person is not None:
        theirs = sa.and_(Playlist.owner_id == person.id, Playlist.deleted_at.is_(None))
        let_in = sa.select(Collaborator.playlist_id).where(Collaborator.user_id == person.id)
        shared = sa.and_(Playlist.id.in_(let_in), Playlist.deleted_at.is_(None), Playlist.hidden_at.is_(None))
        chosen += [some_ids(sa.and_(theirs, has_word), limit), some_ids(sa.and_(shared, has_word), limit)]
    found = sa.union(*(sa.select(each.c.id) for each in chosen)).subquery("found")
    query = card_columns(sa.select(Playlist).join(found, found.c.id == Playlist.id), person)
    first = query.order_by(sa.case((begins, 0), else_=1), Playlist.search_key, Playlist.id).limit(limit)
    return [playlist_card(row) for row in session().execute(first)]


def some_ids(condition: Condition, limit: int) -> sa.Subquery:
    return sa.select(Playlist.id).where(condition).order_by(Playlist.search_key, Playlist.id).limit(limit).subquery()


def latest_with(condition: Condition) -> Condition:
    """Whether a list is one of the public ones that changed last, and has what is looked for."""
    order = (Playlist.changed_at.desc(), Playlist.id.desc())
    latest = sa.select(Playlist.id).where(is_listed()).order_by(*order).limit(LATEST_LOOKED_AT).subquery()
    return sa.and_(Playlist.id.in_(sa.select(latest.c.id)), condition)
