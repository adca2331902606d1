"""The demo: three playlists of the demo's listener, one of them kept with an artist, one chosen by rules."""

from datetime import timedelta
from typing import Any

from musicapp.clock import now
from musicapp.database import writing
from musicapp.errors import NotFound
from musicapp.jobs import enqueue
from plugins.auth.services import add_demo_person, people_called, person_with_id
from plugins.catalog import services as catalog
from plugins.catalog.services import Person
from plugins.playlists.services.entries import add_songs, move_entries
from plugins.playlists.services.lists import own_playlists
from plugins.playlists.services.making import create_playlist
from plugins.playlists.services.people import add_collaborator

ARTIST = "Tramline Nine"
SOON = timedelta(seconds=20)
ROWING = ("Window Seat", "Lamp Out, Moon In", "Puddle Dub", "Undertow", "Gate Left Open", "Town Hall Steps")
BROUGHT = ("Clockwork, Slipping", "Fog on the Allotments")
KITCHEN = ("Depot Lights", "Waltz for a Slow Clock", "Pocket Arcade", "Seven Breaths")
SHORT: dict[str, Any] = {
    "match": "all",
    "rules": [{"field": "duration", "operator": "at_most", "value": 60}],
    "sort": "newest",
}


def load_demo() -> None:
    """Ask for the demo's playlists as soon as its songs are ready."""
    with writing():
        enqueue("playlists.load_demo", {}, key="once", run_after=now() + SOON)


def make_demo_playlists() -> None:
    """Make the demo's playlists, unless its listener has some; raises NotFound while a song is not ready."""
    listener = add_demo_person("Listener", "listener@example.org", "user")
    artist = demo_artist()
    if own_playlists(listener, limit=1).rows:
        return
    rowing, brought, kitchen = (songs_called(listener, titles) for titles in (ROWING, BROUGHT, KITCHEN))
    with writing():
        create_playlist(listener, "Under a minute", description="Whatever is short, as it comes out.", rules=SHORT)
        create_playlist(listener, "Kitchen, 7 pm", song_ids=kitchen)
        about = "For the last hour on the water. Slow strokes only."
        shared = create_playlist(listener, "Rowing home", song_ids=rowing, description=about, visibility="public")
        add_collaborator(listener, shared, artist.name, "editor")
        added = add_songs(artist, shared, brought)
        move_entries(artist, shared, added[1:], added[0])


def demo_artist() -> Person:
    """The artist of the demo's music who keeps a list with the listener; raises NotFound before there is one."""
    [artist_id, *_] = people_called(ARTIST, limit=1) or [0]
    return person_with_id(artist_id)


def songs_called(person: Person, titles: tuple[str, ...]) -> list[int]:
    """The ids of songs by their titles, in this order."""
    found = {song.title: song.id for song in catalog.list_songs(person, sort="newest", limit=100).rows}
    if any(title not in found for title in titles):
        raise NotFound("The songs of the demo are not ready yet.")
    return [found[title] for title in titles]
