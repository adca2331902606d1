"""“Report” where things stand on the pages of others, and the way from a hidden thing to what was decided about it."""

from typing import Any, Literal

from flask import g, redirect, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from musicapp.errors import NotFound
from musicapp.plugins.slots import fragment
from musicapp.routing import LARGEST_ID
from musicapp.security import may, signed_in
from plugins.moderation import plugin, services
from plugins.moderation.links import case_url, decision_url
from plugins.moderation.services.behind import case_behind, decision_behind
from plugins.moderation.services.impartial import RIGHT
from plugins.moderation.services.subjects import GONE

Look = Literal["entry", "round", "words"]
APPEAL_WORDS = "Why, and how to appeal"


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
def on_hidden_music(kind: str, subject_id: int, in_list: bool = False) -> str:
    """The way to what was decided about music: for its owner the decision, for moderators the case."""
    return link_in_list(kind, subject_id) if in_list else decided(kind, subject_id)


@plugin.fills("playlists.decision")
def on_hidden_playlist(playlist_id: int, in_list: bool = False) -> str:
    """The same for a playlist."""
    return on_hidden_music("playlist", playlist_id, in_list)


@plugin.fills("auth.suspended")
def on_suspension(person_id: int) -> str:
    """The way to each decision that keeps somebody out, who proved who they are and cannot log in."""
    tokens = [services.appeal_token(person_id, one.id) for one in services.suspensions_of(person_id)]
    urls = [url_for("moderation.appeal_by_mail", token=token) for token in tokens]
    return Markup("").join(fragment("moderation/_decided_link.html", url=url, words=APPEAL_WORDS) for url in urls)


def link_in_list(kind: str, subject_id: int) -> str:
    """The same way for each of many rows: what it leads to is looked up for who follows it."""
    url = url_for("moderation.decision_about", kind=kind, subject_id=subject_id)
    words = "See what was decided" if may(RIGHT) else APPEAL_WORDS
    return fragment("moderation/_decided_link.html", url=url, words=words)


def decided(kind: str, subject_id: int) -> str:
    url, words = way_to_decision(kind, subject_id)
    return fragment("moderation/_decided_link.html", url=url, words=words) if url else ""


def way_to_decision(kind: str, subject_id: int) -> tuple[str, str]:
    """Where who asks reads what was decided about a thing, and the words for it; both "" where that is nowhere."""
    person = signed_in()
    decision_id = decision_behind(person, kind, subject_id) if person else None
    if decision_id is not None:
        return decision_url(decision_id), APPEAL_WORDS
    case_id = case_behind(kind, subject_id) if may(RIGHT) else None
    return (case_url(case_id), "See the case") if case_id else ("", "")


@plugin.get("/decisions/about/<kind>/<int:subject_id>", permission="member")
def decision_about(kind: str, subject_id: int) -> ResponseReturnValue:
    """Lead to what was decided about a thing: whom it concerns to the decision, moderators to the case."""
    url, _ = way_to_decision(kind, subject_id) if subject_id <= LARGEST_ID else ("", "")
    if not url:
        raise NotFound(GONE)
    return redirect(url)
