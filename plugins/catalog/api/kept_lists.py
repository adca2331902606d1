"""Lists that many ask for alike: the same for everybody who may look, and so kept for a while."""

from collections.abc import Callable

from flask import Response

from musicapp.api.envelope import remembered
from plugins.catalog import services
from plugins.catalog.api.queries import ListQuery


def kept_list(name: str, query: ListQuery, make: Callable[[], Response]) -> Response:
    """A list as `make` answers it, from what is kept when it is a usual one; the guard has asked who may look."""
    if not query.is_usual:
        return make()
    return remembered(services.LISTS, f"{name}:{query.key}", make)
