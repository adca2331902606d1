"""Flagging songs and albums by hand in the API: `PUT …/flag`, and older paths that turn it to the other."""

from flask import Response

from musicapp.api import answer
from plugins.moderation import plugin, services
from plugins.moderation.api.bodies import FlagBody
from plugins.moderation.api.shapes import person_who_asks, shape
from plugins.moderation.services import Flagged
from plugins.moderation.services.impartial import RIGHT

BY_HAND = "A moderator flagged it by hand."


@plugin.api.put("/songs/<int:song_id>/flag", permission=RIGHT, body=FlagBody, answer=Flagged)
def flag_song(song_id: int, body: FlagBody) -> Response:
    """Hide a song from listeners, or show it again, as a decision of its case."""
    return flag("song", song_id, body.flagged, body.reason)


@plugin.api.put("/albums/<int:album_id>/flag", permission=RIGHT, body=FlagBody, answer=Flagged)
def flag_album(album_id: int, body: FlagBody) -> Response:
    """Hide an album from listeners, or show it again, as a decision of its case."""
    return flag("album", album_id, body.flagged, body.reason)


@plugin.api.put("/flag_song/<int:song_id>", permission=RIGHT, answer=Flagged)
def turn_song_flag(song_id: int) -> Response:
    """Hide a song that is shown, show one that is hidden."""
    return flag("song", song_id, None, BY_HAND)


@plugin.api.put("/flag_album/<int:album_id>", permission=RIGHT, answer=Flagged)
def turn_album_flag(album_id: int) -> Response:
    """Hide an album that is shown, show one that is hidden."""
    return flag("album", album_id, None, BY_HAND)


def flag(kind: str, subject_id: int, flagged: bool | None, reason: str) -> Response:
    """Flag or unflag a thing; None turns it to the other."""
    set_so = services.set_flag(person_who_asks(), kind, subject_id, flagged, reason)
    said = f"“{set_so.title}” is {'hidden from' if set_so.flagged else 'shown to'} listeners."
    return answer(shape(set_so), said)
