"""Where music shows in other plugins' places, and what music does when others tell of something."""

from datetime import datetime

from flask import url_for

from musicapp.clock import now
from musicapp.database import writing
from musicapp.jobs import JobDied
from musicapp.pages import local
from musicapp.plugins.slots import fragment
from musicapp.security import may, signed_in
from musicapp.site.found import Found
from plugins.catalog import plugin, services
from plugins.catalog.ears import greet_visitor
from plugins.catalog.events import SongDeleted, SongMoved, SongRestored
from plugins.catalog.links import album_cover_url, artist_cover_url, song_cover_url, song_link, song_links
from plugins.catalog.services import AlbumCard, ArtistCard, SongRow, album_loudness, processing
from plugins.catalog.services.demo import load_demo

WALL = 24


@plugin.fills("site.home")
def home() -> str:
    """The shelves of the front page: new releases, what is played this week, new singles."""
    if not may("listen"):
        return ""
    greet_visitor()
    person = signed_in()
    singles, popular = services.new_songs(person), services.popular_this_week(person)
    return fragment(
        "catalog/_home.html",
        greeting=greeting(local(now())),
        albums=services.new_releases(person),
        feature=services.album_of_the_week(person),
        singles=singles,
        single_links=song_links(singles),
        popular=popular,
        popular_links=song_links(popular),
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


@plugin.search("song")
def find_songs(text: str, limit: int) -> list[Found]:
    """Songs by title."""
    return [found_song(song) for song in services.search_songs(signed_in(), text, limit)]


def found_song(song: SongRow) -> Found:
    link = song_link(song)
    return Found(
        kind="song",
        title=song.title,
        url=link["url"],
        detail=song.artist_name,
        image_url=song_cover_url(song, 96) or "",
        tint=song.tint,
        play=dict(link) if link["audio_url"] else None,
    )


@plugin.search("album")
def find_albums(text: str, limit: int) -> list[Found]:
    """Albums by title."""
    return [found_album(album) for album in services.search_albums(signed_in(), text, limit)]


def found_album(album: AlbumCard) -> Found:
    return Found(
        kind="album",
        title=album.title,
        url=url_for("catalog.album", album_id=album.id),
        detail=album.artist_name,
        image_url=album_cover_url(album, 96) or "",
        tint=album.tint,
        play_url=url_for("catalog.album_queue", album_id=album.id),
        shown_as="card",
    )


@plugin.search("artist")
def find_artists(text: str, limit: int) -> list[Found]:
    """Artists by name."""
    return [found_artist(artist) for artist in services.search_artists(signed_in(), text, limit)]


def found_artist(artist: ArtistCard) -> Found:
    return Found(
        kind="artist",
        title=artist.name,
        url=url_for("catalog.artist", artist_id=artist.id),
        detail="1 song" if artist.songs_count == 1 else f"{artist.songs_count:,} songs",
        image_url=artist_cover_url(artist, 96) or "",
        tint=artist.tint,
        play_url=url_for("catalog.artist_queue", artist_id=artist.id),
        shown_as="face",
    )


@plugin.on(JobDied)
def give_up_on_song(died: JobDied) -> None:
    """Tell the artist when a song's job failed for good."""
    if died.kind in ("catalog.process_song", "catalog.make_version"):
        with writing():
            processing.give_up(died.payload["song_id"])


@plugin.on(SongDeleted)
@plugin.on(SongRestored)
def measure_album(of: SongDeleted | SongRestored) -> None:
    """Say anew how loud an album is that lost a song, or has one back."""
    album_loudness.keep_loudness_around(of.song_id)


@plugin.on(SongMoved)
def measure_albums(moved: SongMoved) -> None:
    """Say anew how loud both albums are."""
    album_loudness.keep_album_loudness(moved.from_album_id)
    album_loudness.keep_album_loudness(moved.to_album_id)


@plugin.demo
def demo_music() -> None:
    """The music that ships with the site, with its artists and some months of plays."""
    load_demo()
