"""Changing a song by the row of a sheet, with the rules of the studio and the version that was looked at."""

from collections.abc import Mapping
from datetime import date
from typing import Any, cast

from musicapp.database import writing
from musicapp.errors import Refused
from musicapp.sheets.plans import Change
from plugins.auth.services import person_with_id
from plugins.catalog.services.editing import ChangedMeanwhile, SongChanges, change_song
from plugins.catalog.services.editing.songs import lock_artist_of
from plugins.catalog.services.ownership import song_to_change
from plugins.catalog.services.sheet_changes.columns import COLUMN_OF_FIELD
from plugins.catalog.services.sheet_changes.remembering import WayBack, newest_album, standing


def apply_change(person_id: int, change: Change) -> WayBack:
    """Change a song as a row says; answers what takes that back.

    Refused by the names of columns, also when somebody changed it in the meantime.
    """
    wanted = change.payload["changes"]
    song_id, version = change.payload["song_id"], change.payload["version"]
    person = person_with_id(person_id)
    try:
        with writing():
            if "album" in wanted:
                lock_artist_of(song_id)
            song = song_to_change(person, song_id)
            before, newest = standing(song, wanted), newest_album(song.artist_id)
            change_song(person, song_id, as_changes(wanted), version)
            made = song.album_id if "album" in wanted and (song.album_id or 0) > newest else None
            return WayBack(song_id=song_id, before=before, after=standing(song, wanted), made_album=made)
    except Refused as refused:
        by_column(refused)
        if isinstance(refused, ChangedMeanwhile):
            refused.sentence = (
                f"“{change.title}” was changed on the site since this sheet was looked at, so nothing of this row was "
                "saved. Bring the sheet in again to see what it would change now."
            )
        raise


def as_changes(fields: Mapping[str, Any]) -> SongChanges:
    """Fields as JSON holds them, as the studio takes them."""
    changes = dict(fields)
    if changes.get("released_on"):
        changes["released_on"] = date.fromisoformat(changes["released_on"])
    return cast(SongChanges, changes)


def by_column(refused: Refused) -> None:
    """Let what is refused stand by the names of columns."""
    refused.errors = {COLUMN_OF_FIELD.get(field, field): said for field, said in refused.errors.items()}
