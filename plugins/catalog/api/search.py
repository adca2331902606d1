"""Search in the API: music, and what other plugins find."""

from functools import partial

from flask import Response

from musicapp.api import answer
from musicapp.plugins import current_site
from musicapp.plugins.slots import contained
from musicapp.security import signed_in
from musicapp.site.found import Found
from plugins.catalog import plugin, services
from plugins.catalog.api.asked import SearchQuery
from plugins.catalog.api.marking import put_marks
from plugins.catalog.api.shapes import Shape, album_shape, artist_shape, song_shape
from plugins.catalog.services import AlbumCard, ArtistCard, SongRow, SungLine

PLURALS = {"song": "songs", "album": "albums", "artist": "artists", "lyrics": "lyrics"}


@plugin.api.get("/search", permission="listen", query=SearchQuery)
def search(query: SearchQuery) -> Response:
    """Songs, albums, artists, songs by their lyrics, and what other plugins find, by kind; `best` beats them all."""
    kinds = services.SEARCHED_KINDS & {query.kind} if query.kind else services.SEARCHED_KINDS
    found = services.search_music(signed_in(), query.q, query.limit, kinds)
    groups: dict[str, list[Shape]] = {
        "songs": [song_shape(song) for song in found.songs],
        "albums": [album_shape(album) for album in found.albums],
        "artists": [artist_shape(artist) for artist in found.artists],
        "lyrics": [sung_shape(sung) for sung in found.lyrics],
        **found_by_others(query),
    }
    best = best_shape(found.best)
    put_marks_on_found(groups, best)
    wanted = {PLURALS.get(query.kind, f"{query.kind}s")} if query.kind else set(groups)
    return answer({"best": best, **{kind: groups[kind] for kind in groups if kind in wanted}})


def put_marks_on_found(groups: dict[str, list[Shape]], best: Shape | None) -> None:
    """Write on the music that was found what its reader said of it."""
    of_kind = {kind: [best] if best and best["kind"] == kind else [] for kind in ("song", "album", "artist")}
    songs = [*groups["songs"], *groups["lyrics"], *of_kind["song"]]
    put_marks(songs, [*groups["albums"], *of_kind["album"]], [*groups["artists"], *of_kind["artist"]])


def sung_shape(sung: SungLine) -> Shape:
    return {**song_shape(sung.song), "line": sung.line}


def best_shape(best: SongRow | AlbumCard | ArtistCard | None) -> Shape | None:
    """The best match with its kind; None when nothing was found."""
    match best:
        case SongRow():
            return {"kind": "song", **song_shape(best)}
        case AlbumCard():
            return {"kind": "album", **album_shape(best)}
        case ArtistCard():
            return {"kind": "artist", **artist_shape(best)}
    return None


def found_by_others(query: SearchQuery) -> dict[str, list[Shape]]:
    groups: dict[str, list[Shape]] = {}
    for other in current_site().searches:
        if other.plugin != plugin.name:
            look = partial(other.function, query.q, query.limit)
            results: list[Found] = contained(other.plugin, f"search for {other.kind}", look) or []
            groups.setdefault(f"{other.kind}s", [])
            for found in results:
                groups.setdefault(f"{found.kind}s", []).append(found_shape(found))
    return groups


def found_shape(found: Found) -> Shape:
    return {"title": found.title, "url": found.url, "detail": found.detail, "image_url": found.image_url or None}
