"""What do an artist's numbers cost when the ledger holds ten thousand plays, and when it holds millions?

    python bench/audience.py
    python bench/audience.py --plays 10000 10000000 --artists 200

Each size gets a fresh site. Its ledger is written by the database itself, spread over two years and unevenly over the
artists; then the site's own job counts all of it, as after an upgrade. Told are the time and the statements of the
numbers of the artist who is played most, for each span, and the time of the job for one more day of plays, in which
the spans of all artists begin anew, as after midnight when somebody of each was here lately.
"""

import argparse
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import sqlalchemy as sa
from fresh import fresh_site

from musicapp.clock import now
from musicapp.database import db, writing
from musicapp.spans import span_to
from plugins.auth.services import Person, passwords, people, person_with_id
from plugins.catalog.models import Artist, ArtistMember, Song, fold
from plugins.catalog.services.audience import SPANS, artist_statistics, count_audiences

DAYS = 730
SONGS_EACH = 10
ASKED = 30
MOST_PLAYS = 20_000_000
PLAYS = """
INSERT INTO catalog_play (listener_key, song_id, started_at, heard_ms, completed, source, counted, received_at)
WITH RECURSIVE number(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM number WHERE n + 1 < :plays),
drawn AS (SELECT n, n * 7919 % 100003 / 100003.0 AS r, :begin + :length * n / :plays AS at_s FROM number)
SELECT 'v' || (n * 104729 % :listeners), CAST((:artists - 1) * r * r * r AS INTEGER) * 10 + n % 10 + 1, {moment},
180000, n % 3 > 0, CASE n % 5 WHEN 0 THEN 'search' WHEN 1 THEN 'playlist' WHEN 2 THEN 'home' ELSE 'album' END,
{true}, {moment} FROM drawn
"""
SONG_DAYS = """
INSERT INTO catalog_song_day (song_id, day, plays, heard_ms, completed)
SELECT song_id, {day}, count(*), sum(heard_ms), 0 FROM catalog_play WHERE started_at >= {since} GROUP BY song_id, {day}
"""
WAITING = """
INSERT INTO catalog_waiting_day (artist_id, day, since)
SELECT DISTINCT song.artist_id, heard.day, {now}
FROM catalog_song_day heard JOIN catalog_song song ON song.id = heard.song_id WHERE heard.day >= {first}
"""
SQLITE = {
    "moment": "strftime('%Y-%m-%d %H:%M:%f000', at_s, 'unixepoch')",
    "true": "1",
    "day": "date(started_at)",
    "since": "strftime('%Y-%m-%d %H:%M:%f000', :begin, 'unixepoch')",
    "first": "date(:begin, 'unixepoch')",
    "now": "strftime('%Y-%m-%d %H:%M:%f000', :begin, 'unixepoch')",
}
POSTGRESQL = {
    "moment": "to_timestamp(at_s)",
    "true": "true",
    "day": "(started_at AT TIME ZONE 'UTC')::date",
    "since": "to_timestamp(:begin)",
    "first": "(to_timestamp(:begin) AT TIME ZONE 'UTC')::date",
    "now": "to_timestamp(:begin)",
}


def main() -> None:
    options = arguments()
    for plays in options.plays:
        with tempfile.TemporaryDirectory(prefix="audience-") as folder:
            app = fresh_site(folder, options.database)
            with app.app_context():
                measure(plays, options.artists, options.listeners)
                db.session.remove()
                db.engine.dispose()


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--plays", type=int, nargs="+", default=[10_000, 1_000_000], help="sizes of ledgers")
    parser.add_argument("--artists", type=int, default=100, help="how many artists, of ten songs each")
    parser.add_argument("--listeners", type=int, default=5_000, help="how many listeners")
    parser.add_argument("--database", default="", help="an empty database for a single size; SQLite by default")
    options = parser.parse_args()
    if not 1_000 <= min(options.plays) <= max(options.plays) <= MOST_PLAYS:
        parser.error(f"--plays are from 1,000 to {MOST_PLAYS:,}")
    if options.database and len(options.plays) > 1:
        parser.error("--database takes one of --plays")
    return options


def measure(plays: int, artists: int, listeners: int) -> None:
    """Fill a site, count it, and print what its numbers cost."""
    person = fill_catalogue(artists)
    today = now().replace(hour=0, minute=0, second=0, microsecond=0).timestamp()
    begin = today - DAYS * 86_400
    written = seconds(lambda: write_plays(plays, artists, listeners, begin, today - begin))
    counted = seconds(lambda: count_audiences(lambda _done: None))
    print(f"{plays:,} plays of {artists} artists: written in {written:.1f} s, counted by the job in {counted:.1f} s")
    a_day = max(1, plays // DAYS)
    write_plays(a_day, artists, listeners, today, now().timestamp() - today)
    with writing() as unit:
        unit.execute(sa.text("UPDATE catalog_artist_span SET last_on = :day"), {"day": "2000-01-01"})
    print(
        f"  the job for {a_day:,} plays more, after midnight {seconds(lambda: count_audiences(lambda _: None)):8.2f} s"
    )
    for days in SPANS:
        span = span_to(now().date(), days)
        artist_statistics(person, 1, span)
        db.session.rollback()
        statements = count_statements(lambda span=span: artist_statistics(person, 1, span))
        times = [seconds(lambda span=span: artist_statistics(person, 1, span)) * 1000 for _ in range(ASKED)]
        print(
            f"  numbers of {days:3} days: {median(times):6.1f} ms, worst {max(times):6.1f} ms, {statements} statements"
        )


def fill_catalogue(artists: int) -> Person:
    """Put artists and songs in their places; somebody who may see the numbers of all of them."""
    with writing() as unit:
        owner = people.add_person("Ada", "ada@example.org", passwords.hashed("a long one for a bench"), "admin")
        for number in range(1, artists + 1):
            unit.add(Artist(id=number, name=f"Artist {number}", name_key=fold(f"Artist {number}"), plays=1))
        unit.flush()
        unit.add_all(ArtistMember(artist_id=number, user_id=owner.id) for number in range(1, artists + 1))
        for number in range(artists * SONGS_EACH):
            sound = {
                "file_name": "a.mp3",
                "audio_mime": "audio/mpeg",
                "audio_bytes": 1,
                "audio_sha256": f"{number:064}",
            }
            song = Song(id=number + 1, artist_id=number // SONGS_EACH + 1, title=f"Song {number}", **sound)
            song.title_key, song.state, song.published_at, song.duration_s = fold(song.title), "ready", now(), 180.0
            unit.add(song)
        person_id = owner.id
    return person_with_id(person_id)


def write_plays(plays: int, artists: int, listeners: int, begin: float, length: float) -> None:
    """Write a ledger over so many seconds from `begin`, with the song days that it makes, and note what waits."""
    words = POSTGRESQL if db.engine.dialect.name == "postgresql" else SQLITE
    values = {"plays": plays, "artists": artists, "listeners": listeners, "begin": begin, "length": length}
    with writing() as unit:
        for statement in (PLAYS, SONG_DAYS, WAITING):
            text = sa.text(statement.format(**words))
            unit.execute(text, {name: value for name, value in values.items() if f":{name}" in text.text})


def seconds(act: Callable[[], object]) -> float:
    began = time.perf_counter()
    act()
    passed = time.perf_counter() - began
    db.session.rollback()
    return passed


def count_statements(act: Callable[[], object]) -> int:
    seen: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        seen.append(statement)

    sa.event.listen(db.engine, "before_cursor_execute", note)
    act()
    sa.event.remove(db.engine, "before_cursor_execute", note)
    db.session.rollback()
    return len(seen)


if __name__ == "__main__":
    main()
