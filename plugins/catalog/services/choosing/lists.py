"""The songs that rules choose, and how many there are.

Rules and ratings are those of the list's owner, songs those that the reader may hear: everybody sees the same list, and
of its owner nothing but what was chosen.

A list costs one statement, two where songs may lack what it is sorted by, and one more where its length is limited.
Without rules, sorted by `newest`, `title`, `most_played` or `year`, a page is read off the index of that order; with a
genre or an artist too, off theirs. Rules on the owner's plays, stars and favourites, and orders by their plays, begin
with what the owner heard or marked. Everything else walks an index until the page is full; orders that have none
(`artist`, `rating`, `duration`, `random`) sort all songs that fit. So does counting read all of them.
"""

from functools import partial
from typing import Any, cast

import sqlalchemy as sa

from musicapp.database import session
from musicapp.paging import Page, page_of
from musicapp.paging.cursors import read_cursor, write_cursor
from plugins.catalog.models import Song
from plugins.catalog.services.choosing.conditions import conditions_of
from plugins.catalog.services.choosing.orders import Wanted, ordered
from plugins.catalog.services.choosing.rules import MOST_SONGS, Rules
from plugins.catalog.services.persons import Person, may_browse
from plugins.catalog.services.rows import SongRow, song_columns, song_row
from plugins.catalog.services.songs import song_rows
from plugins.catalog.services.visibility import visible_songs

Chosen = tuple[int, float]
LIMITED = "rules.limited"


def songs_by_rules(
    person: Person | None,
    rules: Rules,
    *,
    owner_id: int,
    seed: int = 0,
    limit: int = 50,
    cursor: str | None = None,
) -> Page[SongRow]:
    """A page of the songs that rules choose for the list of `owner_id`, as far as `person` may hear them.

    `seed` tells one list in random order from another; give the id of the list.
    """
    if not may_browse(person):
        return Page([], None)
    if rules.limit is not None:
        return limited_page(person, chosen_songs(person, rules, Wanted(owner_id, seed)), limit, cursor)
    query, order = ordered(fitting(person, rules, owner_id), rules, Wanted(owner_id, seed))
    shows = partial(song_columns, person=None, as_public=True)
    return page_of(query, order, song_row, shows=shows, limit=limit, cursor=cursor)


def count_by_rules(person: Person | None, rules: Rules, *, owner_id: int, seed: int = 0) -> tuple[int, float]:
    """How many songs rules choose, and their seconds, in one statement that reads them all."""
    if rules.limit is not None:
        chosen = chosen_songs(person, rules, Wanted(owner_id, seed))
        return len(chosen), sum(duration_s for _, duration_s in chosen)
    seconds = sa.func.coalesce(sa.func.sum(Song.duration_s), 0.0)
    query = fitting(person, rules, owner_id).with_only_columns(sa.func.count(), seconds)
    songs, duration_s = session().execute(query).one()
    return songs, duration_s or 0.0


def fitting(person: Person | None, rules: Rules, owner_id: int) -> sa.Select[Any]:
    """All songs that fit and that the reader may hear, in no order."""
    return visible_songs(person).where(conditions_of(rules, owner_id))


def chosen_songs(person: Person | None, rules: Rules, wanted: Wanted) -> list[Chosen]:
    """The ids and seconds of a list whose length is limited, in its order."""
    assert rules.limit is not None
    songs = fitting(person, rules, wanted.owner_id).with_only_columns(Song.id, Song.duration_s)
    query, order = ordered(cast("sa.Select[Any]", songs), rules, wanted)
    found = page_of(query, order, lambda row: (row[0], row[1] or 0.0), limit=rules.limit.songs or MOST_SONGS).rows
    return list(found) if rules.limit.minutes is None else within(found, rules.limit.minutes * 60)


def within(songs: Any, most_s: int) -> list[Chosen]:
    """The beginning of a list that lasts no longer than so many seconds."""
    kept: list[Chosen] = []
    for song_id, duration_s in songs:
        most_s -= duration_s
        if most_s < 0:
            break
        kept.append((song_id, duration_s))
    return kept


def limited_page(person: Person | None, chosen: list[Chosen], limit: int, cursor: str | None) -> Page[SongRow]:
    """A page of a list that is known whole. The cursor names the last song and its place, should the song be gone."""
    ids = [song_id for song_id, _ in chosen]
    begin = 0
    if cursor:
        place, last_id = read_cursor(cursor, LIMITED, sa.Integer(), sa.Integer())
        begin = ids.index(last_id) + 1 if last_id in ids else max(0, place)
    wanted = ids[begin : begin + max(1, limit)]
    songs = song_rows(person, wanted)
    end = begin + len(wanted)
    following = write_cursor(LIMITED, end, wanted[-1]) if wanted and end < len(ids) else None
    return Page([songs[song_id] for song_id in wanted if song_id in songs], following)


def song_ids_by_rules(person: Person | None, rules: Rules, *, owner_id: int, seed: int = 0, most: int) -> list[int]:
    """The ids of the songs that rules choose, in their order, at most so many: for who copies a list."""
    if not may_browse(person):
        return []
    wanted = Wanted(owner_id, seed)
    if rules.limit is not None:
        return [song_id for song_id, _ in chosen_songs(person, rules, wanted)][:most]
    query, order = ordered(fitting(person, rules, owner_id), rules, wanted)
    lacking = [order.column.is_(None)] if order.nullable else []
    ids = query.with_only_columns(Song.id, maintain_column_froms=True)
    return list(session().scalars(order.sorted(ids.order_by(*lacking)).limit(most)))
