"""What was deleted long ago is removed for ever, and nothing else."""

from datetime import timedelta

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from musicapp.clock import now
from musicapp.database import db, writing
from musicapp.errors import Conflict
from musicapp.site.stored_settings import store_settings
from musicapp.storage import media_store
from plugins.auth.services import person_with_id
from plugins.catalog.models import Album, Comment, Cover, PartialUpload, Play, Song, SongPeaks
from plugins.catalog.services.checking import missing_files, orphan_files
from plugins.catalog.services.comments import forget_deleted
from plugins.catalog.services.covers import change_song_cover
from plugins.catalog.services.deleted import deleted_music
from plugins.catalog.services.removing import purge
from plugins.catalog.services.unworn_covers import remove_cover
from plugins.playlists.models import Playlist
from plugins.playlists.services.deleting import purge as purge_playlists
from tests.people import Somebody
from tests.plugins.catalog.music import Headers, publish_song, ready_song, set_album, set_song


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


def test_a_song_that_gets_the_number_of_a_purged_one_is_listened_to(
    app: Flask, client: FlaskClient, as_nils: Headers
) -> None:
    purged = publish_song(app, client, as_nils)
    set_song(app, purged, deleted_at=now() - timedelta(days=32))
    with app.app_context():
        assert purge() == 1
    again = publish_song(app, client, as_nils)
    with app.app_context():
        assert db.session.get_one(Song, again).state == "ready"


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


def test_a_cover_goes_with_its_files_when_the_last_goes_that_wears_it(
    app: Flask, client: FlaskClient, nils: Somebody, as_nils: Headers
) -> None:
    alone, first, second, listed, wished = (ready_song(app, nils.id, title) for title in ("A", "B", "C", "D", "E"))
    long_ago = now() - timedelta(days=40)
    with app.app_context():
        worn = {song.id: song.cover_id or 0 for song in db.session.scalars(sa.select(Song))}
    set_song(app, second, cover_id=worn[first])
    with app.app_context():
        remove_cover(worn[second])
    made = client.post("/api/playlists", json={"name": "Rowing home"}, headers=as_nils).json["data"]["id"]
    with app.app_context(), writing() as unit:
        unit.execute(sa.update(Playlist).where(Playlist.id == made).values(cover_id=worn[listed]))
        under_way = {"id": "f" * 32, "user_id": nils.id, "artist_id": 1, "file_name": "E.mp3", "size_bytes": 9}
        unit.add(PartialUpload(**under_way, wishes={"cover_id": worn[wished]}))
        unit.add(Album(artist_id=1, title="Salt", title_key="salt", cover_id=worn[alone], deleted_at=long_ago))
    for song_id in (alone, first, listed, wished):
        set_song(app, song_id, deleted_at=long_ago)
    with app.app_context():
        assert purge() == 4
        remove_cover(worn[wished])
        kept = {worn[first], worn[listed], worn[wished]}
        assert set(db.session.scalars(sa.select(Cover.id))) == kept
        assert len([key for key in media_store().walk() if key.startswith("covers/")]) == 3 * len(kept)
        assert (list(orphan_files(older_than_s=-1)), list(missing_files())) == ([], [])
        with writing() as unit:
            unit.execute(sa.update(Playlist).values(deleted_at=long_ago))
        purge_playlists()
        assert set(db.session.scalars(sa.select(Cover.id))) == kept - {worn[listed]}
    with app.app_context(), pytest.raises(Conflict):
        change_song_cover(person_with_id(nils.id), second, worn[alone])


def test_what_moderators_removed_outlasts_every_appeal_whatever_the_setting_says(
    app: Flask, nils: Somebody, client: FlaskClient, as_nils: Headers
) -> None:
    removed, deleted = ready_song(app, nils.id, "Neap"), ready_song(app, nils.id, "Ebb")
    lately = now() - timedelta(days=50)
    made = client.post("/api/playlists", json={"name": "Rowing home"}, headers=as_nils).json["data"]["id"]
    said = client.post(f"/api/songs/{deleted}/comments", json={"text": "Tide"}, headers=as_nils).json["data"]["id"]
    set_song(app, removed, deleted_at=lately, removed_at=lately)
    with app.app_context():
        with writing() as unit:
            for table, row_id in ((Playlist, made), (Comment, said)):
                gone = sa.update(table).where(table.id == row_id)
                unit.execute(gone.values(deleted_at=lately, removed_at=lately))
            store_settings("catalog", {"removed_days": 14})
            store_settings("playlists", {"removed_days": 14})
            store_settings("moderation", {"appeal_days": 50, "answer_hours": 48})
        assert (purge(), forget_deleted(), purge_playlists()) == (0, 0, 0)
        [shown] = deleted_music(nils)  # type: ignore[arg-type]
        assert (shown.gone_at - lately).days == 52
        with writing():
            store_settings("moderation", {"appeal_days": 14, "answer_hours": 48})
        assert (purge(), forget_deleted(), purge_playlists()) == (1, 1, 1)
