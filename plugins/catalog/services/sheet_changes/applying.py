"""Changing a song by the row of a sheet, with the rules of the studio and the version that was looked at."""

from datetime import date
from typing import Any, cast

from musicapp.errors import Refused
from musicapp.sheets.plans import Change
from plugins.auth.services import person_with_id
from plugins.catalog.services.editing import ChangedMeanwhile, SongChanges, change_song
from plugins.catalog.services.sheet_changes.columns import COLUMN_OF_FIELD


def apply_change(person_id: int, change: Change) -> None:
    """Change a song as a row says. Refused by the names of columns, also when somebody changed it in the meantime."""
    wanted: dict[str, Any] = dict(change.payload["changes"])
    if wanted.get("released_on"):
        wanted["released_on"] = date.fromisoformat(wanted["released_on"])
    song_id, version = change.payload["song_id"], change.payload["version"]
    try:
        change_song(person_with_id(person_id), song_id, cast(SongChanges, wanted), version)
    except Refused as refused:
        refused.errors = {COLUMN_OF_FIELD.get(field, field): said for field, said in refused.errors.items()}
        if isinstance(refused, ChangedMeanwhile):
            refused.sentence = (
                f"“{change.title}” was changed on the site since this sheet was looked at, so nothing of this row was "
                "saved. Bring the sheet in again to see what it would change now."
            )
        raise
