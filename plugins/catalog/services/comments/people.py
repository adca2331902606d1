"""Whom a comment can name with `@`: those who wrote here already, and those whom the subject belongs to.

Names are not unique. What was chosen from the suggestions counts; a name that was only typed means, of those who bear
it, whom the subject belongs to, and otherwise who wrote here last.
"""

import re
from collections.abc import Collection, Sequence

import sqlalchemy as sa

from musicapp.database import session
from plugins.auth import services as auth
from plugins.catalog.models import Comment
from plugins.catalog.services.comments.rows import is_about
from plugins.catalog.services.persons import Person
from plugins.catalog.services.subjects import Subject

# Not the sign in a mail address.
AT = re.compile(r"(?<!\w)@")
MOST_PEOPLE = 100
MOST_MENTIONS = 10


def people_here(person: Person, subject: Subject) -> list[tuple[int, str]]:
    """The ids and names of the people whom somebody can mention, those first who are meant by their bare name."""
    last = sa.func.max(Comment.id)
    wrote = sa.select(Comment.author_id).where(is_about(subject), Comment.author_id.is_not(None))
    unhidden = wrote.where(Comment.deleted_at.is_(None), Comment.hidden_at.is_(None))
    latest = session().scalars(unhidden.group_by(Comment.author_id).order_by(last.desc()).limit(MOST_PEOPLE))
    ids = list(dict.fromkeys([*subject.owner_ids, *(one for one in latest if one is not None)]))
    names = auth.names_of(ids)
    return [(one, names[one]) for one in ids if one in names and one != person.id]


def mentions_in(text: str, people: Sequence[tuple[int, str]], chosen: Collection[int] = ()) -> list[int]:
    """The ids of those of these people whom a text names; of namesakes who was `chosen`, or else who comes first."""
    found: list[int] = []
    for start in (at.start() for at in AT.finditer(text)):
        named = [(person_id, name) for person_id, name in people if is_named_at(text, start + 1, name)]
        if not named:
            continue
        longest = max(len(name) for _, name in named)
        namesakes = [person_id for person_id, name in named if len(name) == longest]
        meant = next((one for one in namesakes if one in chosen), namesakes[0])
        if meant not in found:
            found.append(meant)
    return found[:MOST_MENTIONS]


def is_named_at(text: str, start: int, name: str) -> bool:
    """Whether a name, in capitals or not, stands whole at this place of a text."""
    end = start + len(name)
    return text[start:end].casefold() == name.casefold() and not text[end : end + 1].isalnum()
