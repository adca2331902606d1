"""What was deleted long ago is removed for ever, and nothing else."""

from datetime import timedelta

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from musicapp.clock import now
from musicapp.database import db
from musicapp.storage import media_store
from plugins.catalog.models import Album, Play, Song, SongPeaks
from plugins.catalog.services.removing import purge
from tests.people import Somebody
from tests.plugins.catalog.music import Headers, ready_song, set_album, set_song


def left(app: Flask) -> tuple[int, ...]:
    with app.app_context():
        return tuple(
            db.session.scalar(sa.select(sa.func.count()).select_from(table)) or 0
            for table in (Song, SongPeaks, Album, Play)
        )


def sounds(app: Flask) -> int:
    with app.app_context():
        return len([key for key in media_store().walk() if key.startswith("audio/")])


def test_what_can_be_brought_back_no_more_is_removed_with_its_file(
    app: Flask, client: FlaskClient, nils: Somebody, as_nils: Headers, as_mira: Headers
) -> None:
    song_id = ready_song(app, nils.id, album="Salt Almanac")
    report = {"song_id": song_id, "started_at": (now() - timedelta(minutes=9)).isoformat(), "heard_ms": 40_000}
    assert client.post("/api/plays", json={"plays": [report]}, headers=as_mira).json["data"]["counted"] == 1
    long_ago = now() - timedelta(days=32)
    set_song(app, song_id, deleted_at=long_ago)
    set_album(app, 1, deleted_at=long_ago)
    with app.app_context():
        assert purge() == 1
        assert purge() == 0
    assert left(app) == (0, 0, 0, 0)
    assert sounds(app) == 0


@pytest.mark.parametrize("days", [None, 1, 30])
def test_what_can_still_be_brought_back_stays(
    app: Flask, client: FlaskClient, nils: Somebody, as_nils: Headers, days: int | None
) -> None:
    song_id = ready_song(app, nils.id)
    if days is not None:
        set_song(app, song_id, deleted_at=now() - timedelta(days=days) + timedelta(minutes=1))
    with app.app_context():
        assert purge() == 0
    assert sounds(app) == 1
    if days is not None:
        assert client.post(f"/api/songs/{song_id}/restore", headers=as_nils).status_code == 200
