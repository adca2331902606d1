"""Releases of tomorrow, told to those who publish them."""

from datetime import datetime, timedelta

import sqlalchemy as sa

from musicapp.addresses import url_of
from musicapp.blocks import Block, Words
from musicapp.database import session
from musicapp.days import within_days
from musicapp.pages import local
from musicapp.pages import moment as in_full
from plugins.catalog.models import Song
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

A_DAY = timedelta(days=1)


def is_planned(table: Release) -> sa.ColumnElement[bool]:
    """Whether this is to be published as a release of its own."""
    there = sa.and_(table.deleted_at.is_(None), table.hidden_at.is_(None))
    return sa.and_(there, Song.album_id.is_(None), Song.state == "ready") if table is Song else there


def of_the_day_after(at: datetime) -> sa.Subquery:
    """What becomes public on the day after a moment's, on the clock of the site, as `for_members` takes it."""
    tomorrow = local(at).date() + A_DAY
    parts = []
    for kind, table in RELEASES.items():
        of_the_day = within_days(table.published_at, tomorrow, tomorrow)
        parts.append(told_of(kind, table, table.published_at).where(is_planned(table), of_the_day))
    return sa.union_all(*parts).subquery()


def releases_tomorrow(at: datetime, after: int, limit: int) -> list[tuple[int, str, str, list[Block]]]:
    """Whom to remind of what they release tomorrow."""
    found = for_members(of_the_day_after(at), after, limit)
    return [(one.person_id, key_of(one), f"“{one.title}” comes out tomorrow", [in_words(one)]) for one in found]


def in_words(release: Theirs) -> Block:
    """A release, its moment, and the way to it."""
    text = f"“{release.title}” by {release.artist_name} becomes public on {in_full(release.moment)}."
    url = url_of(f"catalog.edit_{release.kind}", **{f"{release.kind}_id": release.id})
    return Words(text, url, "Look it over")


def comes_out_as_planned(person_id: int, key: str) -> bool:
    """Whether a release still comes out when its people were to be told, and is theirs."""
    kind, subject_id, at = read_key(key)
    table = RELEASES[kind]
    planned = sa.select(table.id).where(table.id == subject_id, table.published_at == at, is_planned(table))
    return session().scalar(planned.where(is_of(person_id, table))) is not None
