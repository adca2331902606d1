"""Feeds: what an artist published, as a podcast where visitors may listen, and all that is new here."""

from flask import Response, current_app, request, url_for

from musicapp.api.envelope import revalidated
from musicapp.pages import absolute
from musicapp.security import signed_in
from musicapp.site.stored_settings import site_settings
from plugins.catalog import plugin, services
from plugins.catalog.feeds import Entry, Feed, Sound, write_feed
from plugins.catalog.links import album_cover_url, artist_cover_url, song_cover_url
from plugins.catalog.services import AlbumCard, SongRow
from plugins.catalog.services.sharing import sounds_of

MOST = 50
PICTURE = 600


@plugin.get("/artists/<int:artist_id>/feed.xml", permission="listen")
def artist_feed(artist_id: int) -> Response:
    """The newest songs of an artist."""
    person = signed_in()
    artist = services.artist_alone(person, artist_id)
    songs = services.list_songs(person, artist_id=artist_id, limit=MOST).rows
    sounds = sounds_of([song.id for song in songs]) if services.may_listen(None) else {}
    return feed_answer(
        Feed(
            title=f"{artist.name} – {site_settings().name}",
            url=absolute(url_for(".artist", artist_id=artist_id)),
            feed_url=absolute(request.path),
            words=artist.bio or f"New music by {artist.name}.",
            by=artist.name,
            picture_url=whole(artist_cover_url(artist, PICTURE)),
            entries=[song_entry(song, sounds.get(song.id)) for song in songs],
        )
    )


@plugin.get("/feed.xml", permission="listen")
def feed() -> Response:
    """The newest releases of the whole site: albums, and songs that belong to none."""
    person = signed_in()
    albums = services.list_albums(person, limit=MOST).rows
    entries = [*map(album_entry, albums), *map(song_entry, services.new_songs(person, MOST))]
    return feed_answer(
        Feed(
            title=f"New on {site_settings().name}",
            url=absolute(url_for(".new")),
            feed_url=absolute(request.path),
            words=f"The newest releases on {site_settings().name}.",
            by=site_settings().name,
            picture_url=None,
            entries=sorted(entries, key=lambda entry: entry.published_at, reverse=True)[:MOST],
        )
    )


def song_entry(song: SongRow, sound: tuple[str, int] | None = None) -> Entry:
    assert song.published_at is not None
    album = f" on “{song.album_title}”" if song.album_title else ""
    file = None
    if sound is not None:
        address = absolute(url_for(".api.song_audio", song_id=song.id))
        file = Sound(address, *sound, song.duration_s)
    return Entry(
        title=song.title,
        url=absolute(url_for(".song", song_id=song.id)),
        words=f"A song by {song.artist_name}{album}.",
        by=song.artist_name,
        published_at=song.published_at,
        picture_url=whole(song_cover_url(song, PICTURE)),
        explicit=song.explicit,
        sound=file,
    )


def album_entry(album: AlbumCard) -> Entry:
    assert album.published_at is not None
    songs = "One song" if album.songs_count == 1 else f"{album.songs_count} songs"
    return Entry(
        title=f"{album.title} by {album.artist_name}",
        url=absolute(url_for(".album", album_id=album.id)),
        words=album.description or f"{songs} by {album.artist_name}.",
        by=album.artist_name,
        published_at=album.published_at,
        picture_url=whole(album_cover_url(album, PICTURE)),
    )


def whole(url: str | None) -> str | None:
    return absolute(url) if url else None


def feed_answer(feed: Feed) -> Response:
    """A feed, and 304 for a reader who has it as it is; nobody between keeps it, so that what goes is gone at once."""
    response = current_app.response_class(write_feed(feed), mimetype="application/rss+xml")
    response.add_etag()
    return revalidated(response)
