"""A playlist by itself: its page, the stretches that come while somebody scrolls, and all of it for the player."""

from collections.abc import Sequence
from typing import Any

from flask import Response, current_app, render_template, request, session, url_for
from flask.typing import ResponseReturnValue

from musicapp.api import answer
from musicapp.paging import Page
from musicapp.security import signed_in
from plugins.catalog import services as catalog
from plugins.catalog.services import Person, SongLink, SongRow, song_links
from plugins.catalog.services.records import song_cover_url
from plugins.playlists import plugin, services
from plugins.playlists.services import EntryRow, PlaylistDetail
from plugins.playlists.services.exchange import FORMATS
from plugins.playlists.views.asked import ROWS, back_to, cursor_asked, start_asked, stretch_asked
from plugins.playlists.views.words import all_of, day_words, kind_words

MOST_COVERS = 4


@plugin.get("/<int:playlist_id>", permission="listen")
def playlist(playlist_id: int) -> str:
    """One playlist with its songs in order; `?edit=1` for who may change it."""
    person = signed_in()
    detail = services.playlist_detail(person, playlist_id)
    page = services.entries_of(person, playlist_id, limit=ROWS, cursor=cursor_asked(), of=detail)
    others, stretch = others_of(detail), stretch_of(person, detail, page)
    return render_template(
        "playlists/playlist.html",
        detail=detail,
        rules_words=rules_words(detail),
        formats=FORMATS.values(),
        kind=kind_words(detail, len(others)),
        others=all_of(others),
        changed=day_words(detail.card.changed_at),
        removed=session.pop("playlists_removed", None),
        comments_url=comments_url(playlist_id),
        **look_of(detail, songs_of(page.rows)),
        **stretch,
    )


def look_of(detail: PlaylistDetail, songs: Sequence[SongRow]) -> dict[str, Any]:
    """The covers and the tint of a playlist; one that rules choose looks like the songs that it has now."""
    card = detail.card
    if card.covers or not songs:
        return {"covers": card.covers, "tint": card.tint}
    by_cover: dict[int | None, SongRow] = {}
    for song in songs:
        by_cover.setdefault(song.cover_id, song)
    urls = [url for song in by_cover.values() if (url := song_cover_url(song))]
    return {"covers": urls[:MOST_COVERS], "tint": songs[0].tint}


def rules_words(detail: PlaylistDetail) -> str:
    """The rules of a smart playlist for its owner alone: they tell what somebody rates, plays and likes."""
    if detail.rules is None or detail.role != "owner":
        return ""
    return catalog.rules_in_words(catalog.read_rules(detail.rules))


@plugin.get("/<int:playlist_id>/songs", permission="listen")
def songs(playlist_id: int) -> ResponseReturnValue:
    """A stretch of a playlist for the page that is open already; a browser that asks for it alone gets the page."""
    if request.headers.get("Sec-Fetch-Mode") == "navigate":
        return back_to("playlist", playlist_id=playlist_id, **stretch_asked())
    person = signed_in()
    detail = services.playlist_detail(person, playlist_id)
    page = services.entries_of(person, playlist_id, limit=ROWS, cursor=cursor_asked(), of=detail)
    return render_template("playlists/stretch.html", detail=detail, **stretch_of(person, detail, page))


def others_of(detail: PlaylistDetail) -> list[str]:
    """The names of those who keep a playlist with its owner, for these people alone."""
    if detail.role is None:
        return []
    return [member.name for member in services.collaborators_of(detail.card.id)]


def stretch_of(person: Person | None, detail: PlaylistDetail, page: Page[EntryRow]) -> dict[str, Any]:
    """What the rows of a playlist need: its entries, their records for the player, and where it goes on."""
    return {
        "list": detail.card,
        "entries": page.rows,
        "links": links_by_song(person, page.rows),
        "start": start_asked(),
        "next_cursor": page.next,
        "of_several": any(entry.added_by_id not in (None, detail.card.owner_id) for entry in page.rows),
        "editing": detail.may_edit and "edit" in request.args,
    }


def links_by_song(person: Person | None, entries: Sequence[EntryRow]) -> dict[int, SongLink]:
    songs = songs_of(entries)
    return {song.id: link for song, link in zip(songs, song_links(person, songs), strict=True)}


def songs_of(entries: Sequence[EntryRow]) -> list[SongRow]:
    """The songs of some entries that can be heard, in their order."""
    return [entry.song for entry in entries if entry.song is not None]


def comments_url(playlist_id: int) -> str:
    """Where people talk about a playlist, "" on a site where they do not."""
    if "catalog.comments" not in current_app.view_functions:
        return ""
    return url_for("catalog.comments", kind="playlist", subject_id=playlist_id)


@plugin.get("/<int:playlist_id>/queue", permission="listen")
def queue(playlist_id: int) -> Response:
    """All songs of a playlist as the player takes them."""
    person = signed_in()
    songs = list(services.all_songs(person, services.playlist_detail(person, playlist_id)))
    return answer({"songs": song_links(person, songs)})
