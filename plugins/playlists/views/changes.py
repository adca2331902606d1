"""The history of a playlist, in sentences under the days on which it changed."""

from itertools import groupby

from flask import render_template

from musicapp.pages import local
from plugins.playlists import plugin, services
from plugins.playlists.services import ChangeRow
from plugins.playlists.views.asked import ROWS, cursor_asked, next_url, person_here

SEEN_BY = {"private": "private", "unlisted": "open to whoever has its address", "public": "public"}
SENTENCES = {
    "created": "made this playlist",
    "renamed": "renamed it from “{before}” to “{name}”",
    "described": "wrote something else about it",
    "shown_to": "made it {visibility}",
    "rules": "changed its rules",
    "frozen": "kept the songs that its rules had chosen, and took the rules away",
    "cover": "gave it another cover",
    "added": "added {songs}",
    "removed": "took {songs} out",
    "brought_back": "brought {songs} back",
    "moved": "moved {songs}",
    "ordered": "put it into another order",
    "deleted": "deleted it",
    "restored": "brought it back",
    "invited": "let {name} in",
    "joined": "joined",
    "role": "changed what somebody may do",
    "left": "left",
    "sent_away": "let somebody go",
}


@plugin.get("/<int:playlist_id>/changes", permission="member")
def changes(playlist_id: int) -> str:
    """Who changed what in a playlist, the latest first."""
    person = person_here()
    detail = services.playlist_detail(person, playlist_id)
    page = services.changes_of(person, playlist_id, limit=ROWS, cursor=cursor_asked(), of=detail)
    offers_removed = detail.may_edit and not cursor_asked()
    days = [(day, list(made)) for day, made in groupby(page.rows, lambda change: local(change.made_at).date())]
    return render_template(
        "playlists/changes.html",
        list=detail.card,
        removed=services.removed_entries(person, playlist_id, of=detail) if offers_removed else [],
        days=days,
        what=what_was_done,
        more=next_url(page),
    )


def what_was_done(change: ChangeRow) -> str:
    """The rest of a sentence that begins with a name: “added “Neap” and 3 other songs”."""
    said = {"name": "", "before": "", **change.of, "songs": songs_words(change)}
    said["visibility"] = SEEN_BY.get(change.of.get("visibility", ""), "")
    return SENTENCES.get(change.kind, "changed it").format(**said)


def songs_words(change: ChangeRow) -> str:
    """The songs of a change: the first by name where it may be heard, the others by their number."""
    count = change.of.get("count", 0)
    if not change.songs:
        return "a song" if count == 1 else f"{count} songs"
    first = f"“{change.songs[0].title}”"
    if count <= 1:
        return first
    return f"{first} and {'another song' if count == 2 else f'{count - 1} other songs'}"
