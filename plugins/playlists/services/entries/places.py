"""Places: numbers with gaps between, so that an entry moves without its neighbours; all are numbered anew when a gap
is used up. The playlist's row is locked by who asks."""

from collections.abc import Collection

import sqlalchemy as sa

from musicapp.database import UNSYNCED, session
from musicapp.errors import NotFound
from plugins.playlists.models import Entry

GAP = 1 << 20
GONE = "This entry is no longer in the playlist. Load it again."


def standing(playlist_id: int | sa.SQLColumnExpression[int]) -> sa.ColumnElement[bool]:
    """The entries of a playlist that were not removed."""
    return sa.and_(Entry.playlist_id == playlist_id, Entry.removed_at.is_(None))


def new_places(playlist_id: int, count: int, before_id: int | None, moved: Collection[int] = ()) -> list[int]:
    """Places for so many entries, before another entry or at the end; those that are `moved` leave theirs.

    Raises NotFound when there is no such entry to stand before.
    """
    if before_id is None:
        last = neighbour(playlist_id, None, moved)
        return [(last or 0) + GAP * number for number in range(1, count + 1)]
    places = places_between(playlist_id, count, before_id, moved)
    if places is None:
        number_anew(playlist_id)
        places = places_between(playlist_id, count, before_id, moved)
    if places is None:
        raise RuntimeError(f"playlist {playlist_id} has no room for {count} entries between two")
    return places


def places_between(playlist_id: int, count: int, before_id: int, moved: Collection[int]) -> list[int] | None:
    """Places right before an entry; None when too few numbers are free there."""
    above = session().scalar(sa.select(Entry.place).where(standing(playlist_id), Entry.id == before_id))
    if above is None:
        raise NotFound(GONE)
    below = neighbour(playlist_id, (above, before_id), moved)
    if below is None:
        below = above - GAP * (count + 1)
    step = (above - below) // (count + 1)
    return [below + step * number for number in range(1, count + 1)] if step else None


def neighbour(playlist_id: int, above: tuple[int, int] | None, moved: Collection[int]) -> int | None:
    """The place of the last entry before another, or of the last of all; None when there is none."""
    query = sa.select(Entry.place, Entry.id).where(standing(playlist_id))
    if above is not None:
        place, entry_id = above
        query = query.where(Entry.place <= place, sa.or_(Entry.place < place, Entry.id < entry_id))
    query = query.order_by(Entry.place.desc(), Entry.id.desc()).limit(len(moved) + 1)
    return next((place for place, entry_id in session().execute(query) if entry_id not in moved), None)


def number_anew(playlist_id: int) -> None:
    """Give all entries of a playlist places with whole gaps between, in the order in which they stand."""
    numbers = (
        sa.select(Entry.id, sa.func.row_number().over(order_by=(Entry.place, Entry.id)).label("number"))
        .where(Entry.playlist_id == playlist_id)
        .subquery("numbers")
    )
    renumber = sa.update(Entry).where(Entry.id == numbers.c.id).values(place=numbers.c.number * GAP)
    session().execute(renumber.execution_options(**UNSYNCED))


def put(places: dict[int, int]) -> None:
    """Let entries stand at these places."""
    if places:
        session().execute(sa.update(Entry), [{"id": entry_id, "place": place} for entry_id, place in places.items()])
