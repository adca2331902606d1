"""What stands behind a thing that moderators hid or marked: the decision for its owner, the case for who may judge."""

import sqlalchemy as sa

from musicapp.database import session
from plugins.auth.services import Person
from plugins.moderation.models import Case, Concerned, Decision
from plugins.moderation.services.words import Action

TO_THE_THING: tuple[Action, ...] = ("label", "flag", "remove")


def case_behind(kind: str, subject_id: int) -> int | None:
    """The case of a thing; None where nobody reported or decided anything about it."""
    found: int | None = session().scalar(sa.select(Case.id).where(Case.kind == kind, Case.subject_id == subject_id))
    return found


def decision_behind(person: Person, kind: str, subject_id: int) -> int | None:
    """The latest decision that hid or marked a thing of somebody's and was not undone; None where there is none."""
    theirs = (
        sa.select(Decision.id)
        .join(Case, Case.id == Decision.case_id)
        .join(Concerned, sa.and_(Concerned.decision_id == Decision.id, Concerned.person_id == person.id))
        .where(Case.kind == kind, Case.subject_id == subject_id)
        .where(Decision.action.in_(TO_THE_THING), Decision.undone_at.is_(None))
        .order_by(Decision.id.desc())
        .limit(1)
    )
    found: int | None = session().scalar(theirs)
    return found
