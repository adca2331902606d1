"""The listeners of the demo: what each of them likes, so that it can be told which songs go together."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta

import sqlalchemy as sa

from musicapp.addresses import url_of
from musicapp.clock import now
from musicapp.database import insert_for, session, writing
from musicapp.jobs import enqueue
from plugins.auth.services import add_demo_person
from plugins.catalog.models import Follow, Play, Song
from plugins.catalog.services.counters import Known
from plugins.catalog.services.demo import SEED, demo_songs, how_much, some_time
from plugins.catalog.services.history.names import Names, own_key
from plugins.catalog.services.listening import ENOUGH_MS, Heard, write_plays
from plugins.catalog.services.persons import Person
from plugins.catalog.services.player_state import Stop, keep_stop

TASTES = {
    "Mira": ("Fog on the Allotments", "Seven Breaths", "Undertow", "Lamp Out, Moon In", "Window Seat"),
    "Jonas": ("Depot Lights", "Pocket Arcade", "Clockwork, Slipping", "Puddle Dub", "Window Seat"),
    "Tess": ("Gate Left Open", "Waltz for a Slow Clock", "Lamp Out, Moon In", "Town Hall Steps", "Seven Breaths"),
    "Harun": ("Undertow", "Fog on the Allotments", "Puddle Dub", "Depot Lights", "Window Seat"),
    "Ines": ("Town Hall Steps", "Waltz for a Slow Clock", "Gate Left Open", "Clockwork, Slipping", "Pocket Arcade"),
    "Wren": ("Seven Breaths", "Undertow", "Gate Left Open", "Lamp Out, Moon In", "Fog on the Allotments"),
}
TIMES_EACH = 3
DAYS = 40
SONGS_READY = timedelta(seconds=60)


@dataclass(frozen=True)
class Music:
    """The songs of the demo by their titles, with what there is to know of each for the ledger."""

    songs: dict[str, Song]
    known: dict[int, Known]


def load_listeners() -> None:
    """Let people of different taste have heard the demo's music, and its listener have stopped in the midst of it."""
    songs = demo_songs()
    known = {song.id: Known(song.artist_id, song.album_id, ENOUGH_MS) for song in songs}
    music = Music({song.title: song for song in songs}, known)
    for name, titles in TASTES.items():
        person = add_demo_person(name, f"{name.lower()}@example.org", "user")
        if session().scalar(sa.select(Play.id).where(Play.listener_id == person.id).limit(1)) is None:
            let_hear(person, titles, music)
    stop_midway(add_demo_person("Listener", "listener@example.org", "user"), songs)
    with writing():
        enqueue("catalog.keep_near_songs", {}, key="demo", run_after=now() + SONGS_READY)
        enqueue("catalog.count_audiences", {}, key="demo")


def let_hear(person: Person, titles: Sequence[str], music: Music) -> None:
    """Write down that somebody heard these songs some times in the last weeks."""
    chance = random.Random(SEED + person.id)
    liked = [music.songs[title] for title in titles if title in music.songs]
    with writing():
        write_plays(Names(own_key(person.id), person.id), list(times_heard(liked, chance)), {}, music.known)


def times_heard(songs: Sequence[Song], chance: random.Random) -> Iterator[Heard]:
    for song in songs:
        for _ in range(TIMES_EACH):
            heard_ms, completed = how_much(max(60.0, song.duration_s or 0.0), chance)
            yield Heard(song.id, some_time(DAYS, chance), max(heard_ms, ENOUGH_MS), completed, "home")


def stop_midway(listener: Person, songs: Sequence[Song]) -> None:
    """Leave the demo's listener in the middle of one album, with another one begun, following whom they heard first."""
    albums = sorted({song.album_id for song in songs if song.album_id is not None})
    if len(albums) < 2:
        return
    held = [song for song in songs if song.album_id == albums[0]]
    begun = next(song for song in songs if song.album_id == albums[1])
    origin = url_of("catalog.album", album_id=albums[0])
    stop = Stop([song.id for song in held], 1, 20.0, origin, "album", "off", False, "demo")
    if keep_stop(listener, stop, 0) is None:
        return
    report = Heard(begun.id, now() - timedelta(hours=3), ENOUGH_MS, True, "album")
    with writing() as unit:
        known = {begun.id: Known(begun.artist_id, albums[1], 1)}
        write_plays(Names(own_key(listener.id), listener.id), [report], {}, known)
        for artist_id in {song.artist_id for song in songs}:
            unit.execute(insert_for(Follow).values(user_id=listener.id, artist_id=artist_id).on_conflict_do_nothing())
