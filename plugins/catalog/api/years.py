"""Years in the API."""

from flask import Response

from musicapp.api import answer
from musicapp.api.envelope import cached
from musicapp.security import signed_in
from plugins.catalog import plugin, services
from plugins.catalog.api.shapes import year_shape


@plugin.api.get("/years", permission="listen")
def years() -> Response:
    """The years from which there is music, the latest first."""
    return cached(answer([year_shape(year) for year in services.list_years(signed_in())]))
