"""What a month brought to the people of the site, for who runs it."""

import sqlalchemy as sa

from musicapp.blocks import Block, Figure, Figures
from musicapp.database import db
from musicapp.days import first_moment, within_days
from musicapp.pages import day
from musicapp.spans import Span
from plugins.auth.models import User
from plugins.auth.services.counting import counts


def accounts_of_month(span: Span) -> list[Block]:
    """Accounts in all, new ones beside those of the month before, and who was here since the month began."""
    is_new = within_days(User.created_at, span.first, span.last)
    was_new = within_days(User.created_at, span.before_first, span.before_last)
    here_since = User.last_seen_at >= first_moment(span.first)
    count = sa.func.count(User.id)
    numbers = sa.select(count, count.filter(is_new), count.filter(was_new), count.filter(here_since))
    numbers = numbers.where(counts())
    accounts, new, new_before, here = db.session.execute(numbers).one()
    return [
        Figures(
            [
                Figure("Accounts", accounts),
                Figure("New accounts", new, new_before),
                Figure("People who were here", here, words=f"since {day(span.first)}"),
            ]
        )
    ]
