"""How many people the things of waiting cases reached by now, so that the queue has them in their places."""

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from typing import Any

import sqlalchemy as sa

from musicapp.database import session, writing
from musicapp.plugins.slots import contained
from plugins.moderation.models import Case
from plugins.moderation.services.points import Subject
from plugins.moderation.services.subjects import subjects
from plugins.moderation.services.weighing import weigh

AT_ONCE = 100


def take_reach_anew() -> Iterator[int]:
    """Weigh all cases that wait by whom their things reached by now: how many changed, for each batch of them."""
    kinds = [subject for subject in subjects().values() if subject.reach is not None]
    for batch in waiting_cases():
        other: dict[int, int] = {}
        for subject in kinds:
            other |= changed_reach(subject, [row for row in batch if row.kind == subject.name])
        yield weigh_anew(other) if other else 0


def waiting_cases() -> Iterator[Sequence[Any]]:
    """The cases for which somebody waits, a batch at a time, in the order of an index."""
    columns = sa.select(Case.id, Case.kind, Case.subject_id, Case.reach, Case.waiting_since)
    query = columns.where(Case.waiting_since.is_not(None)).order_by(Case.waiting_since, Case.id).limit(AT_ONCE)
    page = query
    while rows := session().execute(page).all():
        yield rows
        last = rows[-1]
        page = query.where(sa.tuple_(Case.waiting_since, Case.id) > (last.waiting_since, last.id))


def changed_reach(subject: Subject, rows: Sequence[Any]) -> dict[int, int]:
    """The reach of cases of one kind where it is another by now; a plugin that fails keeps its own as they are."""
    if not rows or subject.reach is None:
        return {}
    ids = [row.subject_id for row in rows]
    reached = contained(subject.name, "moderation.subject", partial(subject.reach, ids)) or {}
    session().rollback()
    return {row.id: count for row in rows if (count := reached.get(row.subject_id, row.reach)) != row.reach}


def weigh_anew(reached: Mapping[int, int]) -> int:
    """Write the reach of cases that still wait, and give them their places; how many there were."""
    query = sa.select(Case).where(Case.id.in_(reached), Case.waiting_since.is_not(None)).order_by(Case.id)
    with writing() as unit:
        cases = unit.scalars(query.with_for_update()).all()
        for case in cases:
            case.reach = reached[case.id]
            weigh(case)
    return len(cases)
