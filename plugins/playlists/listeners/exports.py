"""What of playlists can be taken out as a sheet."""

from collections.abc import Iterator

from musicapp.sheets import Column, Value
from musicapp.spans import Span
from plugins.playlists import plugin
from plugins.playlists.services.entries import sheet


@plugin.contributes(
    "reports.export",
    name="playlists.entries",
    title="Your playlists",
    words="Every song of your own playlists, in its place. Playlists that rules choose have none of their own.",
    columns=[
        Column("playlist_id", "The playlist's number on this site.", "whole number"),
        Column("playlist", "Its name."),
        Column("place", "The place of the song in it, from 1.", "whole number"),
        Column("song_id", "The song's number on this site.", "whole number"),
        Column("song", "Its title; empty while it cannot be heard."),
        Column("artist", "Whose it is."),
        Column("album", "The title of its album; empty for a single."),
        Column("added_at", "Since when it stands there (UTC).", "moment"),
    ],
    count=sheet.entry_count,
)
def entries(person_id: int, subject_id: int, span: Span) -> Iterator[tuple[Value, ...]]:
    """The entries of somebody's own playlists."""
    return sheet.entry_lines(person_id, subject_id, span)
