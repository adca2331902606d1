"""What music puts into the places of others: the home page, the search, the state of the site, the demo."""

from datetime import datetime

from musicapp.clock import now
from musicapp.pages import local
from musicapp.plugins.slots import fragment
from musicapp.security import may, signed_in
from musicapp.site.found import Found, Health
from plugins.catalog import plugin, services
from plugins.catalog.ears import greet_visitor
from plugins.catalog.links import album_cover_url, links_of_lists, song_cover_url
from plugins.catalog.search_results import results
from plugins.catalog.services import SongRow, folders
from plugins.catalog.services.comments.demo import load_comments
from plugins.catalog.services.demo import load_demo
from plugins.catalog.services.demo_listeners import load_listeners
from plugins.catalog.services.home import home_of
from plugins.catalog.tiles import tile_of

WALL = 24


@plugin.fills("site.home")
def home() -> str:
    """The front page: to a listener what is theirs and what is new, to a visitor what this place is."""
    if not may("listen"):
        return ""
    greet_visitor()
    person = signed_in()
    shown = home_of(person)
    popular_links, single_links = links_of_lists(shown.shelves.popular, shown.shelves.singles)
    return fragment(
        "catalog/_home.html",
        greeting=greeting(local(now())),
        home=shown,
        tiles=[tile_of(person, begun) for begun in shown.begun] if person else [],
        mosaics=[[song_cover_url(song) for song in mix.pictured] for mix in shown.mixes],
        popular_links=popular_links,
        single_links=single_links,
    )


def greeting(at: datetime) -> str:
    """What one says at this hour of the site's clock."""
    if at.hour < 5:
        return "Good night"
    if at.hour < 12:
        return "Good morning"
    return "Good afternoon" if at.hour < 18 else "Good evening"


@plugin.fills("auth.wall")
def wall() -> str:
    """The covers beside the log-in, where visitors may see them."""
    if not may("listen"):
        return ""
    covers = [url for album in services.new_releases(None, WALL) if (url := album_cover_url(album))]
    return fragment("catalog/_wall.html", covers=covers) if covers else ""


@plugin.fills("site.head_actions")
def upload_button() -> str:
    """The short way to the upload, for artists."""
    return fragment("catalog/_upload_button.html") if may("catalog.publish") else ""


@plugin.fills("catalog.song_row")
def start_radio(song: SongRow) -> str:
    """Radio from a song, in the menu of its row, for who may hear it."""
    is_heard = song.state == "ready" and song.published and services.may_listen(signed_in())
    return fragment("catalog/_radio_entry.html", song=song) if is_heard else ""


@plugin.search("music")
def find_music(text: str, limit: int) -> list[Found]:
    """Songs, albums and artists by their names, and songs by their lyrics."""
    return list(results(services.search_music(signed_in(), text, limit)))


@plugin.health
def watched_folder() -> Health:
    """How the last look at the watched folder ended."""
    if not services.limits().watched_folder:
        return Health("watched folder", "ok", "none is set")
    look = folders.last_look()
    if look is None:
        return Health("watched folder", "ok", "not looked at yet")
    if look.problem:
        return Health("watched folder", "degraded", look.problem)
    said = ", ".join(f"{files:,} {became}" for became, files in look.counts.items() if files)
    return Health("watched folder", "ok", f"{local(look.looked_at):%Y-%m-%d %H:%M}: {said or 'no music'}")


@plugin.demo
def demo_music() -> None:
    """The music that ships with the site, with its artists, its listeners and some months of plays."""
    load_demo()
    load_listeners()
    load_comments()
