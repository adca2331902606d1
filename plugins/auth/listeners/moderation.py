"""People as whom others report; keeping them out is a decision of its own, by `services.suspend`."""

from musicapp.evidence import Evidence
from plugins.auth import plugin
from plugins.auth.services import Person
from plugins.auth.services.evidence import is_here, person_evidence


def sees_person(person: Person | None, person_id: int) -> bool:
    """Whether there is such a person, for those who are signed in: visitors would read the names of all accounts."""
    return person is not None and is_here(person_id)


@plugin.contributes("moderation.subject", name="user", word="person", seen_by=sees_person)
def person(person_id: int) -> Evidence | None:
    """An account."""
    return person_evidence(person_id)
