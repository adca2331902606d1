"""Music as the search page shows it: one record for each song, album and artist that was found."""

from collections.abc import Iterator

from musicapp.addresses import url_of
from musicapp.site.found import Found
from plugins.catalog.links import SongLink, album_cover_url, artist_cover_url, song_cover_url, song_links
from plugins.catalog.services import AlbumCard, ArtistCard, FoundMusic, SongRow, SungLine


def results(found: FoundMusic) -> Iterator[Found]:
    """Everything that was found, by kind; songs that were found by their words come as `lyrics`, with the line."""
    songs = [*found.songs, *(sung.song for sung in found.lyrics)]
    links = {link["id"]: link for link in song_links(songs)}
    yield from (song_result(song, links[song.id]) for song in found.songs)
    yield from (album_result(album) for album in found.albums)
    yield from (artist_result(artist) for artist in found.artists)
    yield from (lyrics_result(sung, links[sung.song.id]) for sung in found.lyrics)


def song_result(song: SongRow, link: SongLink, kind: str = "song", detail: str = "") -> Found:
    return Found(
        kind=kind,
        title=song.title,
        url=link["url"],
        detail=detail or song.artist_name,
        image_url=song_cover_url(song, 96) or "",
        tint=song.tint,
        play=dict(link) if link["audio_url"] else None,
    )


def lyrics_result(sung: SungLine, link: SongLink) -> Found:
    return song_result(sung.song, link, "lyrics", f"{sung.song.artist_name}: “{sung.line}”")


def album_result(album: AlbumCard) -> Found:
    return Found(
        kind="album",
        title=album.title,
        url=url_of("catalog.album", album_id=album.id),
        detail=album.artist_name,
        image_url=album_cover_url(album, 96) or "",
        tint=album.tint,
        play_url=url_of("catalog.album_queue", album_id=album.id) if album.songs_count else "",
        shown_as="card",
    )


def artist_result(artist: ArtistCard) -> Found:
    return Found(
        kind="artist",
        title=artist.name,
        url=url_of("catalog.artist", artist_id=artist.id),
        detail="1 song" if artist.songs_count == 1 else f"{artist.songs_count} songs",
        image_url=artist_cover_url(artist, 96) or "",
        tint=artist.tint,
        play_url=url_of("catalog.artist_queue", artist_id=artist.id),
        shown_as="face",
    )
