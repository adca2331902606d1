"""The kinds of things that can be reported, as running plugins contribute them, and things of these kinds."""

from musicapp.errors import Invalid, NotFound
from musicapp.evidence import Evidence
from musicapp.plugins.slots import contributions
from musicapp.routing import LARGEST_ID
from plugins.moderation.services.persons import Person
from plugins.moderation.services.points import Subject

GONE = "This is not here, or no longer."


def subjects() -> dict[str, Subject]:
    """All kinds by their names."""
    return {subject.name: subject for subject in contributions("moderation.subject")}


def subject_of(kind: str) -> Subject:
    """A kind; raises Invalid where nobody knows it."""
    known = subjects()
    if kind not in known:
        sentence = f"Nothing of this kind can be reported; there are {', '.join(sorted(known)) or 'none'}."
        raise Invalid(sentence, {"kind": [sentence]})
    return known[kind]


def seen_thing(person: Person | None, kind: str, subject_id: int) -> tuple[Subject, Evidence]:
    """A thing that somebody may know of, with its kind; raises NotFound for any other."""
    subject = subject_of(kind)
    in_range = 0 < subject_id <= LARGEST_ID
    found = subject.call(subject_id) if in_range and subject.seen_by(person, subject_id) else None
    if found is None:
        raise NotFound(GONE)
    return subject, found


def evidence_of(kind: str, subject_id: int) -> Evidence | None:
    """A thing as it is now, for who judges it; None where it is gone for good, or its plugin does not run."""
    subject = subjects().get(kind)
    return subject.call(subject_id) if subject else None


def word_for(kind: str) -> str:
    """What a kind is called in a sentence, also while its plugin does not run."""
    subject = subjects().get(kind)
    return subject.word if subject else kind
