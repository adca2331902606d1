"""What pages of moderation read from an address, and where they lead to after something was done."""

from typing import Any

from flask import redirect, request, url_for
from werkzeug import Response

from musicapp.paging import Page
from musicapp.security import signed_in
from plugins.auth.services import Person


def person_here() -> Person:
    """Who asks, on pages that only people who are signed in reach."""
    person: Person | None = signed_in()
    assert person is not None
    return person


def cursor_asked() -> str | None:
    """The place in a list in `?cursor=`."""
    return request.args.get("cursor") or None


def next_url(page: Page[Any], **values: Any) -> str:
    """The address of the next stretch of the list on this page, "" at its end."""
    if page.next is None:
        return ""
    return url_for(request.endpoint or "", **{**(request.view_args or {}), **values}, cursor=page.next)


def back_to(endpoint: str, **values: Any) -> Response:
    """Lead to a page of moderation after something was done."""
    return redirect(url_for(f".{endpoint}", **values), 303)
