"""The kind of alert by which followers hear of new releases."""

from plugins.catalog import plugin
from plugins.catalog.services import Person, telling


@plugin.contributes(
    "inbox.kind", name=telling.KIND, title="New releases", words="An artist you follow published music."
)
def for_who_may_follow(person: Person) -> bool:
    """Everybody may follow artists."""
    return True
