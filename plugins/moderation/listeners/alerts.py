"""What the inbox tells people of moderation."""

from musicapp.security import holds
from plugins.auth.services import Person
from plugins.moderation import plugin
from plugins.moderation.services import telling
from plugins.moderation.services.impartial import RIGHT
from plugins.moderation.services.letters import letter_about


@plugin.contributes(
    "inbox.kind",
    name=telling.DECISION,
    title="Decisions about what is yours",
    words="A moderator decided about something of yours, or answered your appeal.",
    email=True,
    always=True,
    letter=letter_about,
    because="it is about a decision on what is yours",
)
@plugin.contributes(
    "inbox.kind",
    name=telling.REPORT_ANSWERED,
    title="Your reports",
    words="A moderator looked at something that you reported.",
)
def for_everybody(person: Person) -> bool:
    """Everybody may publish and report."""
    return True


@plugin.contributes(
    "inbox.kind", name=telling.WAITING, title="Reports that wait", words="Something was reported and waits for you."
)
@plugin.contributes(
    "inbox.kind", name=telling.APPEAL, title="Appeals that wait", words="Somebody appealed against a decision."
)
def for_moderators(person: Person) -> bool:
    """Those who may decide."""
    return holds(person.role_names, RIGHT)
