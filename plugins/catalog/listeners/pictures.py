"""The covers that mails of other plugins carry along."""

from collections.abc import Collection, Mapping

from plugins.catalog import plugin
from plugins.catalog.services import Person
from plugins.catalog.services.pictured import pictures_at


@plugin.contributes("site.picture", name="catalog.covers")
def covers(person: Person | None, addresses: Collection[str]) -> Mapping[str, str]:
    """The covers of music that somebody may see."""
    return pictures_at(person, addresses)
