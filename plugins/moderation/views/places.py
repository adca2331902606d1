"""“Report” where things stand on the pages of others, and the way from a hidden thing to what was decided about it."""

from typing import Any, Literal

from flask import g
from markupsafe import Markup

from musicapp.plugins.slots import fragment
from musicapp.security import may, signed_in
from plugins.moderation import plugin
from plugins.moderation.links import case_url, decision_url
from plugins.moderation.services.behind import case_behind, decision_behind
from plugins.moderation.services.impartial import RIGHT

Look = Literal["entry", "round", "words"]


def link(kind: str, subject_id: int, title: str, look: Look = "entry") -> str:
    """The way to the report of one thing: an entry of a menu, a round button, or one of words."""
    return fragment("moderation/_report_link.html", kind=kind, subject_id=subject_id, title=title, look=look)


@plugin.fills("catalog.song_row")
def in_menu(song: Any) -> str:
    """An entry in the menu of a row; drawn once in a request, since a page may have a hundred rows."""
    if "report_entry" not in g:
        g.report_entry = Markup(link("song", 0, ""))
    return g.report_entry.replace("/song/0", f"/song/{int(song.id)}")


@plugin.fills("catalog.song_acts")
def on_song(song: Any) -> str:
    """The button on the page of a song."""
    return link("song", song.id, song.title, "round")


@plugin.fills("catalog.album_acts")
def on_album(album: Any) -> str:
    """The button on the page of an album."""
    return link("album", album.id, album.title, "round")


@plugin.fills("catalog.artist_acts")
def on_artist(artist: Any) -> str:
    """The button on the page of an artist."""
    return link("artist", artist.id, artist.name, "round")


@plugin.fills("playlists.playlist_acts")
def on_playlist(playlist: Any) -> str:
    """The button on the page of a playlist that somebody else keeps."""
    person = signed_in()
    theirs = person is not None and person.id == playlist.owner_id
    return "" if theirs else link("playlist", playlist.id, playlist.name, "round")


@plugin.fills("catalog.comment")
def on_comment(comment: Any) -> str:
    """The button below what somebody else said."""
    person = signed_in()
    if comment.state != "shown" or (person is not None and person.id == comment.author_id):
        return ""
    return link("comment", comment.id, "this comment", "words")


@plugin.fills("catalog.decision")
def on_hidden_music(kind: str, subject_id: int) -> str:
    """The way to what was decided about music: for its owner the decision, for moderators the case."""
    return decided(kind, subject_id)


@plugin.fills("playlists.decision")
def on_hidden_playlist(playlist_id: int) -> str:
    """The same for a playlist."""
    return decided("playlist", playlist_id)


def decided(kind: str, subject_id: int) -> str:
    person = signed_in()
    decision_id = decision_behind(person, kind, subject_id) if person else None
    if decision_id is not None:
        return fragment("moderation/_decided_link.html", url=decision_url(decision_id), words="Why, and how to appeal")
    case_id = case_behind(kind, subject_id) if may(RIGHT) else None
    return fragment("moderation/_decided_link.html", url=case_url(case_id), words="See the case") if case_id else ""
