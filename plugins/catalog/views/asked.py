"""What pages read from an address: sort orders and cursors, mild with what does not fit."""

from collections.abc import Collection
from typing import Any

from flask import request, url_for

from musicapp.paging import Page
from musicapp.security import signed_in
from plugins.catalog.services import Person

ROWS = 50
CARDS = 60


def sort_asked(known: Collection[str], default: str) -> str:
    """The order in `?sort=`, or the usual one."""
    asked = request.args.get("sort", default)
    return asked if asked in known else default


def cursor_asked() -> str | None:
    """The place in a list in `?cursor=`."""
    return request.args.get("cursor") or None


def next_url(page: Page[Any], **values: Any) -> str:
    """The address of the next stretch of the list on this page, "" at its end."""
    if page.next is None:
        return ""
    return url_for(request.endpoint or "", **{**(request.view_args or {}), **values}, cursor=page.next)


def person_here() -> Person:
    """Who asks, on pages that only people who are signed in reach."""
    person: Person | None = signed_in()
    assert person is not None
    return person
