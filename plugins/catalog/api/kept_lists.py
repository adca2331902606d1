"""Lists that many ask for alike: the same for everybody who may look, and so kept for a while."""

from collections.abc import Callable

from flask import Response

from musicapp.api import listing
from musicapp.api.envelope import remembered
from musicapp.paging import Page
from musicapp.security import signed_in
from plugins.catalog import services
from plugins.catalog.api.queries import ListQuery
from plugins.catalog.services.records import Shape


def kept_list(
    name: str, query: ListQuery, make: Callable[[], Page[Shape]], put_marks: Callable[[list[Shape]], None]
) -> Response:
    """A list as `make` finds it, from what is kept when it is a usual one; the guard has asked who may look.

    What its reader said of the music is put on afterwards, so that it is never kept.
    """
    if query.is_usual:
        personal = put_marks if signed_in() else None
        return remembered(services.LISTS, f"{name}:{query.key}", lambda: listing(make()), personal=personal)
    page = make()
    put_marks(list(page.rows))
    return listing(page)
