"""The numbers of music by day, for who runs the site."""

from collections.abc import Mapping
from datetime import date

from plugins.catalog import plugin
from plugins.catalog.services import counting


@plugin.contributes("site.number", name="catalog.plays", title="Plays", order=20, good="up", page="catalog.popular")
def plays(first: date, last: date) -> Mapping[date, int]:
    """Plays of all songs."""
    return counting.plays(first, last)


@plugin.contributes("site.number", name="catalog.uploads", title="Uploads", order=30, page="catalog.new")
def uploads(first: date, last: date) -> Mapping[date, int]:
    """Songs that came."""
    return counting.uploads(first, last)


@plugin.contributes(
    "site.number", name="catalog.songs", title="songs", one="song", kind="now", order=31, beside="catalog.uploads"
)
def songs() -> int:
    """Songs in all, those that nobody may hear yet among them."""
    return counting.songs()


@plugin.contributes(
    "site.number",
    name="catalog.sound",
    title="of sound",
    kind="now",
    order=42,
    unit="bytes",
    beside="site.disk_used",
)
def sound() -> int:
    """What the sound of all songs takes."""
    return counting.stored_bytes()
