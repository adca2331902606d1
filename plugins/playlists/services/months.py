"""What listeners did with their playlists in a month: many listeners at once."""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa

from musicapp.blocks import Block, Figure, Figures
from musicapp.database import session
from musicapp.days import within_days
from musicapp.spans import Readers, Span
from plugins.playlists.models import Entry, Playlist

Counts = dict[int, tuple[int, int]]


def playlists_of_month(readers: Readers) -> dict[tuple[int, int], list[Block]]:
    """Lists made and songs added, for those who made or added any."""
    ids = [person_id for person_id, _ in readers.pairs]
    made, added = made_by(ids, readers.span), added_by_owners(ids, readers.span)
    return {pair: in_figures(made.get(pair[0], (0, 0)), added.get(pair[0], (0, 0))) for pair in readers.pairs}


def in_figures(made: tuple[int, int], added: tuple[int, int]) -> list[Block]:
    if not made[0] and not added[0]:
        return []
    return [Figures([Figure("Playlists made", *made, good=""), Figure("Songs added", *added, good="")])]


def made_by(person_ids: Sequence[int], span: Span) -> Counts:
    """How many lists each of these people made that are still there, in the days and in those before."""
    return counted(sa.select(Playlist), Playlist.created_at, person_ids, span)


def added_by_owners(person_ids: Sequence[int], span: Span) -> Counts:
    """How many songs each of these people put into lists of their own, in the days and in those before."""
    # By way of the lists: their entries are found by an index, those that somebody added anywhere are not.
    own = sa.select(Playlist).join(Entry, Entry.playlist_id == Playlist.id).where(Entry.added_by == Playlist.owner_id)
    return counted(own.where(Entry.removed_at.is_(None)), Entry.added_at, person_ids, span)


def counted(lists: sa.Select[Any], moment: Any, person_ids: Sequence[int], span: Span) -> Counts:
    """What happened in lists of these people, by owner: within the days, and within those before."""
    now, before = (
        sa.func.count().filter(within_days(moment, first, last))
        for first, last in ((span.first, span.last), (span.before_first, span.before_last))
    )
    theirs = lists.where(Playlist.owner_id.in_(person_ids), Playlist.deleted_at.is_(None))
    recent = theirs.where(within_days(moment, span.before_first, span.last))
    by_owner = recent.with_only_columns(Playlist.owner_id, now, before).group_by(Playlist.owner_id)
    return {owner_id: (count, count_before) for owner_id, count, count_before in session().execute(by_owner)}
