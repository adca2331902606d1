"""“Report” on the pages of others: in menus of songs, on pages of songs, albums and playlists, below comments."""

from typing import Any, Literal

from musicapp.plugins.slots import fragment
from musicapp.security import signed_in
from plugins.moderation import plugin

Look = Literal["entry", "round", "words"]


def link(kind: str, subject_id: int, title: str, look: Look = "entry") -> str:
    """The way to the report of one thing: an entry of a menu, a round button, or one of words."""
    return fragment("moderation/_report_link.html", kind=kind, subject_id=subject_id, title=title, look=look)


@plugin.fills("catalog.song_row")
def in_menu(song: Any) -> str:
    """The last entry in the menu of a row."""
    return link("song", song.id, song.title)


@plugin.fills("catalog.song_acts")
def on_song(song: Any) -> str:
    """The button on the page of a song."""
    return link("song", song.id, song.title, "round")


@plugin.fills("catalog.album_acts")
def on_album(album: Any) -> str:
    """The button on the page of an album."""
    return link("album", album.id, album.title, "round")


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
