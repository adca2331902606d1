"""What was decided about all things: for moderators who look back, and for deciding alike what is alike."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

import sqlalchemy as sa

from musicapp.database import session
from musicapp.paging import Order, Page, page_of
from plugins.auth.services import named_people
from plugins.moderation.models import Appeal, Case, Decision
from plugins.moderation.services.words import Action

NEWEST = Order("decided", Decision.id, Decision.id, descending=True)
FEW = 5
LATELY = 1_000
"""Of so many decisions, the latest, those alike are looked for: what is rare would be looked for in all of them."""


@dataclass(frozen=True)
class DecidedRow:
    """A decision with its case. `decided_by` and `undone_by` are "" once the account is gone.

    `appealed` says that there is an appeal, `upheld` what became of it; None while it waits.
    """

    id: int
    case_id: int
    kind: str
    title: str
    action: Action
    reason: str
    decided_at: datetime
    decided_by: str
    until: datetime | None
    undone_at: datetime | None
    undone_by: str
    undone_reason: str
    appealed: bool
    upheld: bool | None


@dataclass(frozen=True)
class DecidedFilters:
    """Which decisions: of one kind of action, by one moderator, or those that were taken back."""

    action: str = ""
    by: int | None = None
    undone: bool = False


def decisions(filters: DecidedFilters, *, limit: int = 50, cursor: str | None = None) -> Page[DecidedRow]:
    """Decisions, the newest first, in one statement."""
    query = decided_rows()
    if filters.action:
        query = query.where(Decision.action == filters.action)
    if filters.by is not None:
        query = query.where(Decision.decided_by == filters.by)
    if filters.undone:
        query = query.where(Decision.undone_at.is_not(None))
    return page_of(query, NEWEST, decided_row, limit=limit, cursor=cursor)


def decided_alike(case_id: int, kind: str, category: str, limit: int = FEW) -> Sequence[DecidedRow]:
    """What was decided lately about other things of a kind that were reported for the same, and still stands."""
    alike = (Case.kind == kind, Decision.category == category, Case.id != case_id, Decision.undone_at.is_(None))
    newest = sa.select(sa.func.max(Decision.id)).scalar_subquery()
    query = decided_rows().where(Decision.id > newest - LATELY, *alike).order_by(Decision.id.desc()).limit(limit)
    return [decided_row(row) for row in session().execute(query)]


def decided_rows() -> sa.Select[Any]:
    """Decisions with their cases, appeals and the names of moderators."""
    decider, undoer = named_people().subquery("decider"), named_people().subquery("undoer")
    return (
        sa.select(Decision, Case, Appeal, decider.c.name.label("decided_by"), undoer.c.name.label("undone_by"))
        .join(Case, Case.id == Decision.case_id)
        .outerjoin(Appeal, Appeal.decision_id == Decision.id)
        .outerjoin(decider, decider.c.id == Decision.decided_by)
        .outerjoin(undoer, undoer.c.id == Decision.undone_by)
    )


def decided_row(row: Any) -> DecidedRow:
    decision, case, appeal = cast(tuple[Decision, Case, Appeal | None], tuple(row)[:3])
    return DecidedRow(
        id=decision.id,
        case_id=case.id,
        kind=case.kind,
        title=case.title,
        action=cast(Action, decision.action),
        reason=decision.reason,
        decided_at=decision.decided_at,
        decided_by=row.decided_by or "",
        until=decision.until,
        undone_at=decision.undone_at,
        undone_by=row.undone_by or "",
        undone_reason=decision.undone_reason,
        appealed=appeal is not None,
        upheld=appeal.upheld if appeal else None,
    )
