"""Cases and decisions as the rows of sheets, for who runs the site; who reported is in none of them."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from musicapp.database import session
from musicapp.days import within_days
from musicapp.sheets import Value
from musicapp.snapshots import streamed
from musicapp.spans import Span
from plugins.auth.services import named_people
from plugins.moderation.models import Appeal, Case, Decision, Report


def case_count(_person_id: int, _subject_id: int, span: Span) -> int:
    """How many cases were opened last in these days."""
    return counted(Case.opened_at, span)


def case_rows(_person_id: int, _subject_id: int, span: Span) -> Iterator[tuple[Value, ...]]:
    """Each case, the oldest first."""
    reports = sa.select(sa.func.count()).where(Report.case_id == Case.id).correlate(Case).scalar_subquery()
    columns = (Case.id, Case.kind, Case.subject_id, Case.title, Case.state, Case.category, reports, Case.reach)
    moments = (Case.opened_at, Case.waiting_since, Case.closed_at)
    query = sa.select(*columns, *moments).where(within_days(Case.opened_at, span.first, span.last)).order_by(Case.id)
    yield from map(tuple, streamed(query))


def decision_count(_person_id: int, _subject_id: int, span: Span) -> int:
    """How many decisions were made in these days."""
    return counted(Decision.decided_at, span)


def decision_rows(_person_id: int, _subject_id: int, span: Span) -> Iterator[tuple[Value, ...]]:
    """Each decision with what became of it, the oldest first."""
    who = named_people().subquery("who")
    query: sa.Select[Any] = (
        sa.select(
            *(Decision.id, Decision.case_id, Case.kind, Case.subject_id, Case.title, Decision.category),
            *(Decision.action, Decision.reason, Decision.until, Decision.decided_at, who.c.name),
            *(Decision.undone_at, Appeal.made_at, Appeal.upheld, Appeal.answered_at),
        )
        .join(Case, Case.id == Decision.case_id)
        .outerjoin(Appeal, Appeal.decision_id == Decision.id)
        .outerjoin(who, who.c.id == Decision.decided_by)
        .where(within_days(Decision.decided_at, span.first, span.last))
    )
    yield from map(tuple, streamed(query.order_by(Decision.id)))


def counted(moment: sa.SQLColumnExpression[datetime], span: Span) -> int:
    return session().scalar(sa.select(sa.func.count()).where(within_days(moment, span.first, span.last))) or 0
