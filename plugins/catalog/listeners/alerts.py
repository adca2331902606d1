"""What the inbox tells people of music."""

from plugins.catalog import plugin
from plugins.catalog.services import Person


@plugin.contributes("inbox.kind", name="catalog.comment", title="Comments", words="Somebody comments on what is yours.")
@plugin.contributes(
    "inbox.kind", name="catalog.reply", title="Replies", words="Somebody replies to a comment of yours."
)
@plugin.contributes("inbox.kind", name="catalog.mention", title="Mentions", words="Somebody names you in a comment.")
def for_everybody(person: Person) -> bool:
    """Everybody can write, and may own something that others write about."""
    return True
