"""What pages of playlists read from an address, and where they lead back to after something was done."""

from typing import Any

from flask import redirect, request, url_for
from werkzeug import Response

from musicapp.errors import Invalid
from musicapp.paging import Page
from musicapp.routing import LARGEST_ID
from musicapp.security import signed_in
from plugins.catalog.services import Person

ROWS = 50
CARDS = 60
MOST_ADDED = 1_000


def person_here() -> Person:
    """Who asks, on pages that only people who are signed in reach."""
    person: Person | None = signed_in()
    assert person is not None
    return person


def cursor_asked() -> str | None:
    """The place in a list in `?cursor=`."""
    return request.args.get("cursor") or None


def start_asked() -> int:
    """The number of the first song of this stretch, in `?start=`; it is shown, nothing depends on it."""
    return max(1, request.args.get("start", 1, type=int))


def next_url(page: Page[Any], **values: Any) -> str:
    """The address of the next stretch of the list on this page, "" at its end."""
    if page.next is None:
        return ""
    return url_for(request.endpoint or "", **{**(request.view_args or {}), **values}, cursor=page.next)


def stretch_asked() -> dict[str, str]:
    """Which stretch of a playlist an address means, for a page that leads back to it."""
    return {name: request.args[name] for name in ("cursor", "start", "edit") if name in request.args}


def songs_sent() -> list[int]:
    """The ids of the songs in a form or an address, in their order; raises Invalid when they are too many."""
    song_ids = [song_id for song_id in request.values.getlist("song", type=int) if 0 < song_id <= LARGEST_ID]
    if len(song_ids) > MOST_ADDED:
        raise Invalid(f"At most {MOST_ADDED:,} songs are added at once.")
    return song_ids


def back_to(endpoint: str, **values: Any) -> Response:
    """Lead to a page of playlists after something was done."""
    return redirect(url_for(f".{endpoint}", **values), 303)
