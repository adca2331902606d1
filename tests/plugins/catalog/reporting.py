"""Listening for tests: reports of plays, the ledger behind them, and the sums of listeners."""

from collections import Counter
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from musicapp.clock import now
from musicapp.database import db
from plugins.catalog.models import ListenerHour, Play
from tests.plugins.catalog.music import Headers

Place = tuple[int, date, int, int]


def report(song_id: int, started_at: datetime, heard_ms: int = 60_000, source: str = "album") -> dict[str, Any]:
    """One listening, as a player tells it."""
    return {"song_id": song_id, "started_at": started_at.isoformat(), "heard_ms": heard_ms, "source": source}


def ago(days: float = 0, minutes: float = 10) -> datetime:
    return now() - timedelta(days=days, minutes=minutes)


def noon(days: int, minutes: float = 0) -> datetime:
    """A moment around noon of an earlier day: no midnight lies between it and its neighbours."""
    return ago(days, 0).replace(hour=12, minute=0) + timedelta(minutes=minutes)


def hear(client: FlaskClient, headers: Headers, *reports: dict[str, Any]) -> int:
    """Tell what was heard; how many plays count once more."""
    told = client.post("/api/plays", json={"plays": list(reports)}, headers=headers)
    assert told.status_code == 200, told.text
    counted: int = told.json["data"]["counted"]
    return counted


def history(client: FlaskClient, headers: Headers, query: str = "") -> list[dict[str, Any]]:
    """The plays that the API lists."""
    listed = client.get(f"/api/plays{query}", headers=headers)
    assert listed.status_code == 200, listed.text
    plays: list[dict[str, Any]] = listed.json["data"]
    return plays


def hours(app: Flask) -> dict[Place, tuple[int, int]]:
    """The sums of all listeners: (person, day, hour, song) → (plays, ms)."""
    columns = (ListenerHour.user_id, ListenerHour.day, ListenerHour.hour, ListenerHour.song_id)
    with app.app_context():
        rows = db.session.execute(sa.select(*columns, ListenerHour.plays, ListenerHour.heard_ms))
        return {tuple(row[:4]): (row[4], row[5]) for row in rows}  # type: ignore[misc]


def hours_of_ledger(app: Flask, zone: str = "UTC") -> dict[Place, tuple[int, int]]:
    """What the sums must be: the ledger added up play by play."""
    plays: Counter[Place] = Counter()
    heard: Counter[Place] = Counter()
    with app.app_context():
        for play in db.session.scalars(sa.select(Play).where(Play.listener_id.is_not(None))):
            at = play.started_at.astimezone(ZoneInfo(zone))
            place = (play.listener_id or 0, at.date(), at.hour, play.song_id)
            plays[place] += play.counted
            heard[place] += play.heard_ms
    return {place: (plays[place], heard[place]) for place in heard}


def ledger(app: Flask) -> list[tuple[str, int | None, int, int]]:
    """The ledger as it stands: name, listener, song, ms."""
    with app.app_context():
        query = sa.select(Play.listener_key, Play.listener_id, Play.song_id, Play.heard_ms)
        return [tuple(row) for row in db.session.execute(query.order_by(Play.id))]  # type: ignore[misc]
