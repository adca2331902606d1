"""Things of artists, told to the accounts that publish as them."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from musicapp.database import session
from plugins.catalog.models import Album, Artist, ArtistMember, Song

Release = type[Album] | type[Song]
RELEASES: dict[str, Release] = {"album": Album, "song": Song}


@dataclass(frozen=True)
class Theirs:
    """An album or song of an artist, for one account that publishes as them; `moment` is what its reminder is about."""

    person_id: int
    kind: str
    id: int
    title: str
    artist_name: str
    moment: datetime


def told_of(kind: str, table: Release, moment: sa.SQLColumnExpression[Any]) -> sa.Select[Any]:
    """Albums or songs as `for_members` takes them, each with the moment that its reminder is about."""
    columns: tuple[Any, ...] = (
        sa.literal(kind).label("kind"),
        table.id,
        table.title,
        table.artist_id,
        Artist.name.label("artist_name"),
        moment.label("moment"),
    )
    return sa.select(*columns).select_from(table).join(Artist, Artist.id == table.artist_id)


def for_members(things: sa.Subquery, after: int, limit: int) -> list[Theirs]:
    """All of these things, which `told_of` chose, that belong to each of the next accounts, by account; at most `limit`
    accounts."""
    of_members = sa.select(ArtistMember.user_id).join(things, things.c.artist_id == ArtistMember.artist_id)
    some = of_members.where(ArtistMember.user_id > after).group_by(ArtistMember.user_id)
    next_ones = some.order_by(ArtistMember.user_id).limit(limit).scalar_subquery()
    shown: tuple[Any, ...] = (
        ArtistMember.user_id,
        things.c.kind,
        things.c.id,
        things.c.title,
        things.c.artist_name,
        things.c.moment,
    )
    rows = sa.select(*shown).join(things, things.c.artist_id == ArtistMember.artist_id)
    theirs = rows.where(ArtistMember.user_id.in_(next_ones))
    in_order = theirs.order_by(ArtistMember.user_id, things.c.moment, things.c.kind, things.c.id)
    return [Theirs(*row) for row in session().execute(in_order)]


def is_of(person_id: int, table: Release) -> sa.ColumnElement[bool]:
    """Whether somebody still publishes as the artist whose this is."""
    return sa.exists().where(ArtistMember.artist_id == table.artist_id, ArtistMember.user_id == person_id)


def key_of(thing: Theirs) -> str:
    """Tells a thing in its present state from all others: a number may be that of one that is gone for ever."""
    return f"{thing.kind} {thing.id} {thing.moment.isoformat()}"


def read_key(key: str) -> tuple[str, int, datetime]:
    """The kind, id and moment of a thing's key."""
    kind, subject_id, moment = key.split(" ")
    return kind, int(subject_id), datetime.fromisoformat(moment)
