"""The songs of playlists in the API: added, removed with undo, moved and put in order."""

from flask import Response

from musicapp.api import answer, listing
from musicapp.errors import NotFound
from musicapp.paging import Page
from musicapp.security import signed_in
from plugins.catalog.services import Person
from plugins.playlists import plugin, services
from plugins.playlists.api.asked import (
    AddedSongsBody,
    EntriesBody,
    MovedBody,
    OrderBody,
    RemovalQuery,
    SongsQuery,
    one_of_two,
    person_who_asks,
)
from plugins.playlists.api.shapes import detail_shape, entry_shapes
from plugins.playlists.services.entries.removing import NOT_IN_IT


@plugin.api.get("/playlists/<int:playlist_id>/songs", permission="listen", query=SongsQuery)
def playlist_songs(playlist_id: int, query: SongsQuery) -> Response:
    """The songs of a playlist in order, each with its `entry_id`."""
    page = services.entries_of(signed_in(), playlist_id, limit=query.limit, cursor=query.cursor)
    return listing(Page(entry_shapes(signed_in(), page.rows), page.next))


@plugin.api.post("/playlists/<int:playlist_id>/songs", permission="member", body=AddedSongsBody)
def add_songs(playlist_id: int, body: AddedSongsBody) -> Response:
    """Put songs into a playlist, at its end or before an entry."""
    person = person_who_asks()
    entry_ids = services.add_songs(person, playlist_id, body.songs, before_id=body.before)
    said = "The song is" if len(entry_ids) == 1 else f"{len(entry_ids)} songs are"
    return answer(after(person, playlist_id, entry_ids), f"{said} in the playlist now.", 201)


@plugin.api.put("/playlists/<int:playlist_id>/songs", permission="member", body=OrderBody)
def order_playlist(playlist_id: int, body: OrderBody) -> Response:
    """Put all of a playlist in a new order; 409 when it changed meanwhile."""
    one_of_two(body)
    person = person_who_asks()
    if body.entries is not None:
        services.order_entries(person, playlist_id, body.entries)
    else:
        services.order_songs(person, playlist_id, body.songs or [])
    return answer(detail_shape(services.playlist_detail(person, playlist_id)), "Saved.")


@plugin.api.delete("/playlists/<int:playlist_id>/songs/<int:song_id>", permission="member")
def remove_song(playlist_id: int, song_id: int) -> Response:
    """Take a song out of all its places in a playlist."""
    person = person_who_asks()
    return removed(person, {playlist_id: services.remove_song(person, playlist_id, song_id)})


@plugin.api.delete("/delete/playlist/song/<int:song_id>", permission="member", query=RemovalQuery)
def remove_song_at(song_id: int, query: RemovalQuery) -> Response:
    """Take a song out of a playlist by its id or name, or out of all of mine."""
    person = person_who_asks()
    if not query.playlist:
        return removed(person, services.remove_song_everywhere(person, song_id))
    playlist_id = services.playlist_meant(person, query.playlist)
    return removed(person, {playlist_id: services.remove_song(person, playlist_id, song_id)})


@plugin.api.delete("/playlists/<int:playlist_id>/entries/<long:entry_id>", permission="member")
def remove_entry(playlist_id: int, entry_id: int) -> Response:
    """Take one place of a song out of a playlist."""
    person = person_who_asks()
    return removed(person, {playlist_id: services.remove_entries(person, playlist_id, [entry_id])})


@plugin.api.post("/playlists/<int:playlist_id>/entries/remove", permission="member", body=EntriesBody)
def remove_entries(playlist_id: int, body: EntriesBody) -> Response:
    """Take several entries out of a playlist."""
    person = person_who_asks()
    return removed(person, {playlist_id: services.remove_entries(person, playlist_id, body.entries)})


@plugin.api.post("/playlists/<int:playlist_id>/entries/restore", permission="member", body=EntriesBody)
def bring_back_entries(playlist_id: int, body: EntriesBody) -> Response:
    """Bring removed entries back to where they stood."""
    person = person_who_asks()
    entry_ids = services.bring_back_entries(person, playlist_id, body.entries)
    return answer(after(person, playlist_id, entry_ids), "They are back." if entry_ids else "They were there already.")


@plugin.api.post("/playlists/<int:playlist_id>/entries/move", permission="member", body=MovedBody)
def move_entries(playlist_id: int, body: MovedBody) -> Response:
    """Move entries before another one, or to the end."""
    person = person_who_asks()
    services.move_entries(person, playlist_id, body.entries, body.before)
    return answer(after(person, playlist_id, body.entries), "Saved.")


def removed(person: Person, gone: dict[int, list[int]]) -> Response:
    """What was removed from which playlist, for who wants it back."""
    if not any(gone.values()):
        raise NotFound(NOT_IN_IT)
    counts = services.counts_of(person, gone)
    playlists = [shape_after(counts[playlist_id], entry_ids) for playlist_id, entry_ids in gone.items()]
    said = "Removed." if len(gone) == 1 else f"Removed from {len(gone)} playlists."
    return answer(playlists[0] if len(playlists) == 1 else playlists, said)


def after(person: Person, playlist_id: int, entry_ids: list[int]) -> dict[str, object]:
    """How a playlist stands after some of its entries changed."""
    return shape_after(services.counts_of(person, [playlist_id])[playlist_id], entry_ids)


def shape_after(counts: services.Counts, entry_ids: list[int]) -> dict[str, object]:
    return {"id": counts.id, "songs_count": counts.songs_count, "revision": counts.revision, "entries": entry_ids}
