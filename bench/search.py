"""How long does the search take in a catalogue of a million songs, and what does its index cost?

    python bench/search.py
    python bench/search.py --database postgresql+psycopg://user@host/empty

The first run makes the catalogue, in `--folder` or in the empty database, which takes minutes; later runs find it
there. What is timed is a whole search of songs, albums, artists and lyrics, as a visitor's, below pages and API. Words
are drawn as they come in names, so that a common word is asked for often.
"""

import argparse
import random
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import gettempdir

import sqlalchemy as sa
from vocabulary import Vocabulary

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from fresh import fresh_site
from million import fill, insert, song_rows

from musicapp.database import db
from plugins.catalog.models import Artist, Song
from plugins.catalog.models.search_index import drop_index
from plugins.catalog.services import search_music

SEED = 11
WORDS = 150_000
WRITTEN = 20_000
LIMIT = 20
GOAL_MS = 50


def main() -> None:
    options = arguments()
    options.folder.mkdir(parents=True, exist_ok=True)
    url = options.database or f"sqlite:///{options.folder / 'million.db'}"
    app = fresh_site(options.folder, url)
    with app.app_context():
        vocabulary = Vocabulary(WORDS, SEED)
        if db.session.scalar(sa.select(Song.id).limit(1)) is None:
            albums, artists = max(1, options.songs * 6 // 100), max(1, options.songs * 2 // 100)
            print(f"The index of {options.songs:,} songs: {fill(options.songs, albums, artists, vocabulary):.0f} s")
            db.session.rollback()
        print(f"The index takes {size_of_index() / 1e6:,.0f} MB of {size_of_all() / 1e6:,.0f} MB.")
        for name, texts in questions(vocabulary, options.count):
            print(timed(name, texts))
        if options.writing:
            time_writing(vocabulary)
        db.session.remove()
        db.engine.dispose()


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--songs", type=int, default=1_000_000, help="how many, when the catalogue is made")
    parser.add_argument("--count", type=int, default=200, help="searches of each kind")
    parser.add_argument("--folder", type=Path, default=Path(gettempdir()) / "musicapp-million")
    parser.add_argument("--database", default="", help="an empty database, or one that this made; SQLite by default")
    parser.add_argument("--writing", action="store_true", help="also time the writing of 20,000 songs")
    return parser.parse_args()


def questions(vocabulary: Vocabulary, count: int) -> Iterator[tuple[str, list[str]]]:
    """Kinds of searches, each with the texts to search for."""
    draw = random.Random(SEED)

    def many(make: Callable[[], str]) -> list[str]:
        return [make() for _ in range(count)]

    def begun(letters: int) -> Callable[[], str]:
        longer = [word for word in vocabulary.words if len(word) > letters]
        return lambda: (word if len(word := vocabulary.word()) > letters else draw.choice(longer))[:letters]

    titles = db.session.execute(sa.select(Song.title, Artist.name).join(Artist).where(Song.id % 997 == 0)).all()
    yield "the commonest words", (vocabulary.words[:40] * count)[:count]
    yield "a word", many(vocabulary.word)
    yield "a rare word", many(lambda: draw.choice(vocabulary.words))
    for letters in (1, 2, 3, 4, 6):
        yield f"{letters} letter{'s' if letters > 1 else ''}", many(begun(letters))
    yield "two words", many(lambda: f"{vocabulary.word()} {vocabulary.word()}")
    yield "title and artist", many(lambda: " ".join(draw.choice(titles)))
    yield "a whole title", many(lambda: draw.choice(titles)[0])
    yield "a typo", many(lambda: misspelt(draw.choice(vocabulary.words), draw))
    yield "two words, a typo", many(lambda: f"{vocabulary.word()} {misspelt(vocabulary.word(), draw)}")
    yield "another script", many(lambda: draw.choice(("夜", "電車", "愛", "любо", "ноч", "أغن", "사", "ete", "gross")))
    yield "nothing like it", many(lambda: f"{draw.choice('qxzj')}{draw.randrange(10**6)}q")


def misspelt(word: str, draw: random.Random) -> str:
    """A word with one letter wrong, missing or swapped."""
    at = draw.randrange(1, max(2, len(word)))
    changes = (
        word[:at] + draw.choice("aeiourst") + word[at + 1 :],
        word[:at] + word[at + 1 :],
        word[: at - 1] + word[at : at + 1] + word[at - 1 : at] + word[at + 1 :],
    )
    return draw.choice(changes)


def timed(name: str, texts: list[str]) -> str:
    """A line of the times of these searches, and how many found nothing."""
    search_music(None, texts[0], LIMIT)
    times, empty = [], 0
    for text in texts:
        began = time.perf_counter()
        found = search_music(None, text, LIMIT)
        times.append((time.perf_counter() - began) * 1000)
        empty += not (found.songs or found.albums or found.artists or found.lyrics)
        db.session.rollback()
    cuts = statistics.quantiles(times, n=100, method="inclusive")
    late = sum(one > GOAL_MS for one in times) / len(times)
    figures = f"p50 {cuts[49]:6.1f}   p90 {cuts[89]:6.1f}   p99 {cuts[98]:6.1f}   max {max(times):6.1f} ms"
    return f"{name:22} {figures}   over {GOAL_MS} ms {late:4.0%}   nothing found {empty / len(texts):4.0%}"


def size_of_index() -> int:
    """Bytes of the tables and indexes of the search."""
    if db.engine.dialect.name == "sqlite":
        query = "SELECT sum(pgsize) FROM dbstat WHERE name LIKE '%catalog_search_%'"
    else:
        query = (
            "SELECT sum(pg_total_relation_size(oid)) FROM pg_class WHERE relkind = 'r' "
            "AND relname LIKE 'catalog_search_%'"
        )
    return int(db.session.execute(sa.text(query)).scalar() or 0)


def size_of_all() -> int:
    if db.engine.dialect.name == "sqlite":
        query = "SELECT page_count * page_size FROM pragma_page_count, pragma_page_size"
    else:
        query = "SELECT pg_database_size(current_database())"
    return int(db.session.execute(sa.text(query)).scalar() or 0)


def time_writing(vocabulary: Vocabulary) -> None:
    """Write songs with the index and without, and leave none of them behind."""
    db.session.remove()
    with db.engine.execution_options(writing=True).connect() as connection:
        for name, without in (("with the index", False), ("without", True)):
            with connection.begin() as transaction:
                if without:
                    drop_index(connection)
                last = connection.scalar(sa.select(sa.func.max(Song.id))) or 0
                rows = list(song_rows(range(last + 1, last + 1 + WRITTEN), 1, 1, vocabulary))
                began = time.perf_counter()
                insert(connection, Song, iter(rows))
                print(f"{WRITTEN:,} songs written {name}: {WRITTEN / (time.perf_counter() - began):,.0f} songs/s")
                transaction.rollback()


if __name__ == "__main__":
    main()
