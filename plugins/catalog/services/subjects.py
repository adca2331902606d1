"""What people talk about and share: songs, albums, artists, and what other plugins contribute to `catalog.subject`."""

from collections.abc import Callable, Collection
from dataclasses import dataclass

import sqlalchemy as sa

from musicapp.database import UNSYNCED, writing
from musicapp.errors import NotFound
from musicapp.plugins.slots import contributions
from plugins.catalog.models import Comment, ShareLink
from plugins.catalog.services.persons import Person


@dataclass(frozen=True)
class Subject:
    """One thing that a comment speaks of or a link leads to.

    `by` names who made it, `owner_ids` are the accounts that it belongs to. `duration_s` is None where there is no
    sound of its own, `picture_url` where there is no picture.
    """

    kind: str
    id: int
    title: str
    by: str
    url: str
    picture_url: str | None
    tint: str
    owner_ids: tuple[int, ...]
    is_public: bool
    duration_s: float | None = None


@dataclass
class SubjectKind:
    """What a contribution brings: how one who may see it finds it by id, its name, the word for people (“song”), and
    whether comments stand below it."""

    call: Callable[[Person | None, int], Subject | None]
    name: str
    word: str
    has_comments: bool = True


def kind_of_subject(name: str) -> SubjectKind:
    """What was contributed under this name; raises NotFound."""
    for kind in contributions("catalog.subject"):
        if kind.name == name:
            return kind  # type: ignore[no-any-return]
    raise NotFound("There is no such thing on this site.")


def find_subject(person: Person | None, kind: str, subject_id: int) -> Subject:
    """A thing as somebody sees it; raises NotFound when it is not there, or not for them."""
    of = kind_of_subject(kind)
    subject = of.call(person, subject_id)
    if subject is None:
        raise NotFound(f"There is no such {of.word}, or you may not see it.")
    return subject


def forget_subjects(kind: str, subject_ids: Collection[int]) -> None:
    """Remove what was said of things that are gone for ever, and the links to them: others may get their numbers.

    Plugins call it for what they let be talked about and shared.
    """
    with writing() as unit:
        for table in (Comment, ShareLink):
            of_these = sa.and_(table.subject_kind == kind, table.subject_id.in_(subject_ids))
            unit.execute(sa.delete(table).where(of_these), execution_options=UNSYNCED)
