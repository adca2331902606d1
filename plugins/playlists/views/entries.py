"""Changing which songs a playlist has and in which order, by plain buttons."""

from flask import request, session
from flask.typing import ResponseReturnValue

from musicapp.errors import Invalid
from plugins.playlists import plugin, services
from plugins.playlists.views.asked import back_to, person_here, stretch_asked

STEPS = {"up": -1, "down": 1}


@plugin.post("/<int:playlist_id>/entries/<long:entry_id>", permission="member")
def change_entry(playlist_id: int, entry_id: int) -> ResponseReturnValue:
    """Move an entry a place up or down, or take it out; the next page offers to bring it back."""
    act = request.form.get("act")
    if act in STEPS:
        services.step_entry(person_here(), playlist_id, entry_id, STEPS[act])
        return back_to_rows(playlist_id, f"entry-{entry_id}")
    if act != "remove":
        raise Invalid("Say whether it goes up, down, or out.")
    services.remove_entries(person_here(), playlist_id, [entry_id])
    session["playlists_removed"] = {"list_id": playlist_id, "entry_id": entry_id}
    return back_to_rows(playlist_id)


@plugin.post("/<int:playlist_id>/entries/<long:entry_id>/bring-back", permission="member")
def bring_back_entry(playlist_id: int, entry_id: int) -> ResponseReturnValue:
    """Let an entry that was taken out stand again where it stood."""
    services.bring_back_entries(person_here(), playlist_id, [entry_id])
    return back_to_rows(playlist_id, f"entry-{entry_id}")


def back_to_rows(playlist_id: int, anchor: str | None = None) -> ResponseReturnValue:
    """Lead to the stretch of the playlist that was open."""
    return back_to("playlist", playlist_id=playlist_id, **stretch_asked() | {"edit": "1"}, _anchor=anchor)
