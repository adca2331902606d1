"""Playlists in the API: lists of them, one by itself, made, changed, deleted and brought back."""

from collections.abc import Callable
from typing import Any

from flask import Response, url_for

from musicapp.api import answer, listing
from musicapp.database import writing
from musicapp.paging import Page
from musicapp.security import signed_in
from plugins.catalog.services import Person
from plugins.playlists import plugin, services
from plugins.playlists.api.asked import (
    PlaylistBody,
    PlaylistChangesBody,
    PlaylistsQuery,
    SongsQuery,
    person_who_asks,
)
from plugins.playlists.api.shapes import playlist_shape, whole_shape
from plugins.playlists.services import PlaylistCard

THEIRS: dict[str, Callable[..., Page[PlaylistCard]]] = {
    "mine": services.own_playlists,
    "shared": services.shared_playlists,
    "followed": services.followed_playlists,
}


@plugin.api.get("/playlists", permission="listen", query=PlaylistsQuery)
@plugin.api.get("/playlist", endpoint="playlists_at", permission="listen", query=PlaylistsQuery)
def playlists(query: PlaylistsQuery) -> Response:
    """Playlists: my own, those that others share with me, those I follow, or what is public."""
    how: dict[str, Any] = {"sort": query.sort, "limit": query.limit, "cursor": query.cursor}
    public = query.scope == "public"
    page = services.public_playlists(signed_in(), **how) if public else THEIRS[query.scope](person_who_asks(), **how)
    return listing(Page([playlist_shape(card) for card in page.rows], page.next))


@plugin.api.post("/playlists", permission="member", body=PlaylistBody)
@plugin.api.post("/playlist", endpoint="create_playlist_at", permission="member", body=PlaylistBody)
def create_playlist(body: PlaylistBody) -> Response:
    """A new playlist, or with rules a smart one; 409 when I have one of this name."""
    person, given = person_who_asks(), body.model_dump()
    playlist_id = services.create_playlist(person, given.pop("name"), song_ids=given.pop("songs"), **given)
    location = url_for("playlists.api.playlist", playlist_id=playlist_id)
    return whole(person, services.playlist_detail(person, playlist_id), SongsQuery(), "It is there.", 201, location)


@plugin.api.get("/playlists/<int:playlist_id>", permission="listen", query=SongsQuery)
def playlist(playlist_id: int, query: SongsQuery) -> Response:
    """One playlist with its songs in order; `next` is the cursor of more of them."""
    return whole(signed_in(), services.playlist_detail(signed_in(), playlist_id), query)


@plugin.api.get("/playlist/<path:name>", permission="member", query=SongsQuery, merge_slashes=False)
@plugin.api.get(
    "/playlist//<path:name>",
    endpoint="playlist_by_name_with_slash",
    defaults={"begins": "/"},
    permission="member",
    query=SongsQuery,
    merge_slashes=False,
)
def playlist_by_name(name: str, query: SongsQuery, begins: str = "") -> Response:
    """One of my playlists by its name, which may hold slashes and any script."""
    person = person_who_asks()
    return whole(person, services.playlist_by_name(person, begins + name), query)


@plugin.api.route(
    "/playlists/<int:playlist_id>", methods=["PUT", "PATCH"], permission="member", body=PlaylistChangesBody
)
@plugin.api.put(
    "/update/playlist/<int:playlist_id>", endpoint="update_playlist", permission="member", body=PlaylistChangesBody
)
def change_playlist(playlist_id: int, body: PlaylistChangesBody) -> Response:
    """Change what is given of a playlist of mine: its words, who sees it, its songs, its rules."""
    person, given = person_who_asks(), body.model_dump(exclude_unset=True)
    revision, song_ids, rules = (given.pop(name, None) for name in ("revision", "songs", "rules"))
    with writing():
        services.change_playlist(person, playlist_id, revision, **given)
        if rules is not None:
            services.choose_by_rules(person, playlist_id, rules, revision)
        if song_ids is not None:
            services.set_songs(person, playlist_id, song_ids)
    return whole(person, services.playlist_detail(person, playlist_id), SongsQuery(), "Saved.")


@plugin.api.delete("/playlists/<int:playlist_id>", permission="member")
def delete_playlist(playlist_id: int) -> Response:
    """Delete a playlist of mine; it can be brought back for some days."""
    return deleted(services.delete_playlist(person_who_asks(), playlist_id), playlist_id)


@plugin.api.delete("/delete/playlist/<path:name>", permission="member", merge_slashes=False)
@plugin.api.delete(
    "/delete/playlist//<path:name>",
    endpoint="delete_playlist_by_name_with_slash",
    defaults={"begins": "/"},
    permission="member",
    merge_slashes=False,
)
def delete_playlist_by_name(name: str, begins: str = "") -> Response:
    """Delete the playlist of mine that has this name; it can be brought back for some days."""
    person = person_who_asks()
    with writing():
        playlist_id = services.playlist_by_name(person, begins + name).card.id
        return deleted(services.delete_playlist(person, playlist_id), playlist_id)


@plugin.api.get("/playlists/deleted", permission="member")
def deleted_playlists() -> Response:
    """My playlists that can be brought back, and those that moderators `removed`."""
    rows = [
        {
            "id": one.id,
            "name": one.name,
            "songs_count": one.songs_count,
            "deleted_at": one.deleted_at.isoformat(),
            "removed": one.removed,
        }
        for one in services.deleted_playlists(person_who_asks())
    ]
    return listing(Page(rows, None))


@plugin.api.post("/playlists/<int:playlist_id>/restore", permission="member")
def restore_playlist(playlist_id: int) -> Response:
    """Bring a deleted playlist of mine back; 409 when another goes by its name meanwhile."""
    person = person_who_asks()
    name = services.restore_playlist(person, playlist_id)
    return whole(person, services.playlist_detail(person, playlist_id), SongsQuery(), f"“{name}” is back.")


def deleted(name: str, playlist_id: int) -> Response:
    days = services.limits().restorable_days
    said = f"“{name}” is deleted. It can be brought back for {days} days."
    return answer({"id": playlist_id, "restorable_days": days}, said)


def whole(
    person: Person | None,
    detail: services.PlaylistDetail,
    query: SongsQuery,
    message: str = "",
    status: int = 200,
    location: str = "",
) -> Response:
    """A playlist with its songs."""
    entries = services.entries_of(person, detail.card.id, limit=query.limit, cursor=query.cursor, of=detail)
    return answer(whole_shape(person, detail, entries), message, status, location=location)
