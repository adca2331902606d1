"""What waits and what was done, in numbers for who runs the site."""

from datetime import datetime

import sqlalchemy as sa

from musicapp.blocks import Block, Figure, Figures
from musicapp.database import session
from musicapp.days import within_days
from musicapp.spans import Span
from plugins.moderation.models import Appeal, Case, Decision, Report
from plugins.moderation.services import counting
from plugins.moderation.services.queue import WAITING, is_overdue


def figures_of_month(span: Span) -> list[Block]:
    """What waits now, and the reports, decisions and appeals of these days beside those of the days before."""
    late = sa.select(sa.func.count()).where(Case.state.in_(WAITING), is_overdue())
    overdue, waiting = session().scalar(late) or 0, counting.waiting()
    counted = [figure(*one, span) for one in NUMBERED]
    words = f"{overdue:,} longer than they should" if overdue else ""
    return [Figures([Figure("Cases that wait", waiting, words=words, good="down"), *counted])]


NUMBERED: tuple[tuple[str, sa.SQLColumnExpression[datetime]], ...] = (
    ("Reports", Report.made_at),
    ("Decisions", Decision.decided_at),
    ("Appeals", Appeal.made_at),
)


def figure(title: str, moment: sa.SQLColumnExpression[datetime], span: Span) -> Figure:
    """How often something happened in a span, and in the one before."""
    is_now = within_days(moment, span.first, span.last)
    was_before = within_days(moment, span.before_first, span.before_last)
    counts = sa.select(sa.func.count().filter(is_now), sa.func.count().filter(was_before))
    now_count, before = session().execute(counts.where(sa.or_(is_now, was_before))).one()
    return Figure(title, now_count, before, good="")
