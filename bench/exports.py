"""How long an export takes and how much memory it needs, by the number of its rows: `python bench/exports.py`."""

import argparse
import resource
import sys
import tempfile
import time
from datetime import date, timedelta
from itertools import islice
from pathlib import Path
from typing import Any

import sqlalchemy as sa

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from fresh import fresh_site  # noqa: E402 (its imports are found once the project's folder is on the path)

from musicapp.clock import now  # noqa: E402
from musicapp.database import db, writing  # noqa: E402
from musicapp.jobs import claim  # noqa: E402
from musicapp.jobs.running import run  # noqa: E402
from plugins.auth.services import add_person, person_with_id  # noqa: E402
from plugins.catalog.models import Artist, ArtistMember, Play, Song, SongDay, fold  # noqa: E402
from plugins.reports.services import exports  # noqa: E402
from plugins.reports.services.exports import Asked  # noqa: E402

SONGS, DAYS, LISTENERS, BATCH = 100, 1_000, 5_000, 10_000


def fill(artist_id: int, person_id: int, plays: int) -> None:
    """Write an artist with songs and so many plays, spread over some years, past the services."""
    with writing() as unit:
        unit.add(Artist(id=artist_id, name=f"Artist {artist_id}", name_key=fold(f"Artist {artist_id}")))
        unit.flush()
        unit.add(ArtistMember(artist_id=artist_id, user_id=person_id))
        unit.execute(sa.insert(Song), [song_row(artist_id, number) for number in range(SONGS)])
    ids = list(db.session.scalars(sa.select(Song.id).where(Song.artist_id == artist_id)))
    db.session.rollback()
    begin = now().replace(hour=0, minute=0, second=0, microsecond=0) - timedelta(days=DAYS - 1)
    each_day = -(-plays // DAYS)
    rows = (play_row(ids, begin, number, each_day, artist_id) for number in range(plays))
    sums: dict[tuple[int, date], int] = {}
    with db.engine.execution_options(writing=True).begin() as connection:
        while batch := list(islice(rows, BATCH)):
            for row in batch:
                key = (row["song_id"], row["started_at"].date())
                sums[key] = sums.get(key, 0) + 1
            connection.execute(sa.insert(Play), batch)
        days = [{"song_id": song, "day": day, "plays": n, "heard_ms": n * 100_000} for (song, day), n in sums.items()]
        connection.execute(sa.insert(SongDay), days)


def song_row(artist_id: int, number: int) -> dict[str, Any]:
    title = f"Crossing {number}"
    return {
        "artist_id": artist_id,
        "title": title,
        "title_key": fold(title),
        "state": "ready",
        "file_name": "crossing.mp3",
        "audio_mime": "audio/mpeg",
        "audio_bytes": 1,
        "audio_sha256": f"{artist_id:032}{number:032}",
        "published_at": now(),
    }


def play_row(ids: list[int], begin: Any, number: int, each_day: int, artist_id: int) -> dict[str, Any]:
    day, place = divmod(number, each_day)
    started_at = begin + timedelta(days=day, seconds=place * 86_000 / each_day)
    return {
        "listener_key": f"u{artist_id}x{number % LISTENERS}",
        "song_id": ids[number % len(ids)],
        "started_at": started_at,
        "heard_ms": 60_000 + number % 90_000,
        "completed": number % 3 == 0,
        "source": ("album", "playlist", "search")[number % 7 % 3],
        "counted": True,
    }


def export(person_id: int, artist_id: int, name: str) -> tuple[int, float, int, float]:
    """Make an export as the worker does: rows, seconds, bytes, and by how many MB the process grew."""
    person = person_with_id(person_id)
    asked = Asked(name, "csv", artist_id, now().date() - timedelta(days=DAYS), now().date())
    export_id = exports.start_export(person, asked)
    before_kb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    began = time.perf_counter()
    held = claim()
    assert held is not None
    run(held)
    seconds = time.perf_counter() - began
    grown_kb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before_kb
    made = exports.export_of(person, export_id)
    assert made.state == "ready", made
    return made.rows_done or 0, seconds, made.size_bytes or 0, grown_kb / 1024


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=1_000_000, help="plays of the larger artist")
    parser.add_argument("--database", default="", help="another database than a fresh SQLite file")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        app = fresh_site(folder, options.database)
        with app.app_context():
            person_id = add_person("Bench", "bench@example.org", "!", "artist").id
            print(f"{'export':24}{'rows':>10}{'s':>8}{'rows/s':>10}{'MB':>8}{'grew MB':>9}")
            for artist_id, plays in ((1, options.rows // 100), (2, options.rows)):
                fill(artist_id, person_id, plays)
                for name in ("catalog.plays_by_day", "catalog.plays"):
                    rows, seconds, size_bytes, grown_mb = export(person_id, artist_id, name)
                    rate = rows / seconds
                    print(f"{name:24}{rows:10,}{seconds:8.1f}{rate:10,.0f}{size_bytes / 2**20:8.1f}{grown_mb:9.1f}")


if __name__ == "__main__":
    main()
