"""What the evidence of all music has in common: its state, its reach, its words."""

from collections.abc import Mapping
from datetime import datetime

import sqlalchemy as sa

from musicapp.addresses import url_of
from musicapp.database import session
from musicapp.evidence import Fact, State
from plugins.catalog.models import Play, Song

# Who reached more people than stand in so many plays reached very many.
PLAYS_LOOKED_AT = 20_000


def state_of(hidden_at: datetime | None, deleted_at: datetime | None) -> State:
    """What listeners and its owner have of it; what its owner deleted is as far away as what moderators removed."""
    if deleted_at is not None:
        return "removed"
    return "hidden" if hidden_at is not None else "shown"


def listeners_of(songs: sa.ColumnElement[bool]) -> int:
    """How many different ears heard some songs, in at most 20,000 of their plays."""
    return session().scalar(sa.select(ears_of(songs))) or 0


def listeners_of_each(songs: Mapping[int, sa.ColumnElement[bool]]) -> dict[int, int]:
    """The same for several things by their ids, each with its songs, in one statement; at most a few hundred."""
    if not songs:
        return {}
    counted = session().execute(sa.select(*(ears_of(which) for which in songs.values()))).one()
    return dict(zip(songs, counted, strict=True))


def ears_of(songs: sa.ColumnElement[bool]) -> sa.ScalarSelect[int]:
    plays = sa.select(Play.listener_key).join(Song, Song.id == Play.song_id).where(songs, Play.counted)
    looked_at = plays.limit(PLAYS_LOOKED_AT).subquery()
    return sa.select(sa.func.count(sa.distinct(looked_at.c.listener_key))).scalar_subquery()


def picture_url(kind: str, thing_id: int, cover_id: int | None) -> str:
    """Where the picture of a song, an album or an artist stands, "" where it has none."""
    if cover_id is None:
        return ""
    return url_of(f"catalog.{kind}_cover", **{f"{kind}_id": thing_id}, size=300, v=cover_id)


def said(facts: Mapping[str, Fact | None]) -> dict[str, Fact]:
    """The facts that say something."""
    return {label: fact for label, fact in facts.items() if fact is not None and fact != ""}


def day_of(moment: datetime | None) -> str:
    """The day of a moment as it is kept with a case, “2026-02-03”."""
    return moment.date().isoformat() if moment else ""


def ended(deleted_at: datetime | None, removed_at: datetime | None) -> dict[str, Fact | None]:
    """Who took it away, and when."""
    if removed_at is not None:
        return {"Removed by moderators": day_of(removed_at)}
    return {"Deleted by its owner": day_of(deleted_at)}
