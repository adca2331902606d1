"""What listeners heard, put into the tables without the time that hearing takes."""

from collections.abc import Iterable
from datetime import timedelta

from flask import Flask

from musicapp.clock import now
from musicapp.database import writing
from plugins.catalog.models import ListenerHour, Play
from plugins.catalog.services.history.hours import local_day
from plugins.catalog.services.nearness import keep_near_songs


def hear(app: Flask, user_id: int, song_ids: Iterable[int], *, days_ago: int = 20, plays: int = 1) -> None:
    """Let somebody have heard some songs on one day."""
    with app.app_context(), writing() as unit:
        day = local_day(now()) - timedelta(days=days_ago)
        for song_id in song_ids:
            hour = ListenerHour(user_id=user_id, day=day, hour=20, song_id=song_id, plays=plays, heard_ms=180_000)
            unit.add(hour)


def play(app: Flask, user_id: int, song_id: int, *, minutes_ago: int, heard_s: int, completed: bool = False) -> None:
    """Put one play of an album's song into the ledger."""
    with app.app_context(), writing() as unit:
        started_at = now() - timedelta(minutes=minutes_ago)
        heard = {"heard_ms": heard_s * 1000, "completed": completed, "source": "album", "counted": True}
        unit.add(Play(listener_key=f"u{user_id}", listener_id=user_id, song_id=song_id, started_at=started_at, **heard))


def count_near_songs(app: Flask) -> None:
    """Count which songs go together, as the job does."""
    with app.app_context():
        keep_near_songs(lambda _done, _total: None)
