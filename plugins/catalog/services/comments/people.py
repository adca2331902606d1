"""Whom a comment can name with `@`: those who wrote here already, and whose name stands beside the subject's.

Who else a subject belongs to is not given away. Names are not unique: what was chosen from the suggestions counts; a
name that was only typed means, of those who bear it, whom the subject belongs to, and otherwise who wrote here last.
"""

from collections.abc import Collection, Sequence

import sqlalchemy as sa

from musicapp.database import session
from plugins.auth import services as auth
from plugins.catalog.models import Comment
from plugins.catalog.services.comments.rows import is_about
from plugins.catalog.services.persons import Person
from plugins.catalog.services.prose import names_in
from plugins.catalog.services.subjects import Subject

MOST_PEOPLE = 100
MOST_MENTIONS = 10


def people_here(person: Person, subject: Subject) -> list[tuple[int, str]]:
    """The ids and names of the people whom somebody can mention, those first who are meant by their bare name."""
    last = sa.func.max(Comment.id)
    wrote = sa.select(Comment.author_id).where(is_about(subject), Comment.author_id.is_not(None))
    unhidden = wrote.where(Comment.deleted_at.is_(None), Comment.hidden_at.is_(None))
    latest = session().scalars(unhidden.group_by(Comment.author_id).order_by(last.desc()).limit(MOST_PEOPLE))
    writers = [one for one in latest if one is not None]
    names = auth.names_of({*subject.owner_ids, *writers})
    owners = [one for one in subject.owner_ids if one in writers or names.get(one) == subject.by]
    ids = dict.fromkeys([*owners, *writers])
    return [(one, names[one]) for one in ids if one in names and one != person.id]


def mentions_in(text: str, people: Sequence[tuple[int, str]], chosen: Collection[int] = ()) -> list[int]:
    """The ids of those of these people whom a text names; of namesakes who was `chosen`, or else who comes first."""
    bearers: dict[str, list[int]] = {}
    for person_id, name in people:
        bearers.setdefault(name.casefold(), []).append(person_id)
    found: list[int] = []
    for name in names_in(text, [name for _, name in people]):
        namesakes = bearers.get(name.casefold(), [])
        meant = next((one for one in namesakes if one in chosen), next(iter(namesakes), None))
        if meant is not None and meant not in found:
            found.append(meant)
    return found[:MOST_MENTIONS]
