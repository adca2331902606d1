"""What moderation holds of one person, handed out to them as files."""

from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa

from musicapp.belongings import Named, rows_as_files
from plugins.moderation.models import Appeal, Case, Concerned, Decision, Report

Rows = sa.Select[*tuple[Any, ...]]


def own_data(person_id: int) -> Iterator[Named]:
    """What somebody reported, what was decided about their things, and their appeals."""
    yield from rows_as_files("moderation/my-reports", reports(person_id))
    yield from rows_as_files("moderation/decisions-about-me", decisions(person_id))
    appeals = sa.select(Appeal.decision_id, Appeal.words, Appeal.made_at, Appeal.upheld, Appeal.answer)
    yield from rows_as_files("moderation/my-appeals", appeals.where(Appeal.made_by == person_id).order_by(Appeal.id))


def reports(person_id: int) -> Rows:
    columns = (Case.kind, Case.subject_id, Report.category, Report.words, Report.at_s, Report.made_at)
    made = sa.select(*columns).join(Report, Report.case_id == Case.id)
    return made.where(Report.reporter_id == person_id).order_by(Report.id)


def decisions(person_id: int) -> Rows:
    """What somebody was told: who decided is no part of it."""
    columns = (Decision.id, Case.kind, Case.subject_id, Case.title, Decision.action, Decision.reason, Decision.until)
    told = sa.select(*columns, Decision.decided_at, Decision.undone_at).join(Case, Case.id == Decision.case_id)
    about = told.join(Concerned, Concerned.decision_id == Decision.id)
    return about.where(Concerned.person_id == person_id).order_by(Decision.id)
