"""What playlists put into the places of others: the sidebar, the menus of songs and albums, the queue, the demo."""

from flask import request

from musicapp.plugins.slots import fragment
from musicapp.security import signed_in
from plugins.catalog.services import AlbumCard, SongRow
from plugins.playlists import plugin, services
from plugins.playlists.services.demo import load_demo

IN_SIDEBAR = 8


@plugin.fills("site.side")
def sidebar() -> str:
    """The playlists that one changed last, and the way to a new one."""
    person = signed_in()
    if person is None:
        return ""
    here = (request.view_args or {}).get("playlist_id") if request.blueprint == "playlists" else None
    return fragment("playlists/_side.html", lists=services.latest_playlists(person, IN_SIDEBAR), here=here)


@plugin.fills("catalog.song_row")
def in_menu(song: SongRow) -> str:
    """“Add to playlist…” and “Select songs” in the menu of a row."""
    return fragment("playlists/_song_row.html", song=song) if signed_in() and song.state == "ready" else ""


@plugin.fills("catalog.song_acts")
def on_song(song: SongRow) -> str:
    """The button on the page of a song."""
    return fragment("playlists/_song_acts.html", song=song) if signed_in() and song.state == "ready" else ""


@plugin.fills("catalog.album_acts")
def on_album(album: AlbumCard) -> str:
    """The button on the page of an album: all its songs."""
    return fragment("playlists/_album_acts.html", album=album) if signed_in() else ""


@plugin.fills("site.queue")
def in_queue() -> str:
    """“Save as playlist” in the head of the queue."""
    return fragment("playlists/_queue.html") if signed_in() else ""


@plugin.demo
def demo_playlists() -> None:
    """Three playlists of the demo's listener."""
    load_demo()
