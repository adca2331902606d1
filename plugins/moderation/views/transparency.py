"""How much was reported and decided in each month, for everybody."""

from collections.abc import Sequence

from flask import render_template

from musicapp.charts import NARROW, WIDE, draw_bars
from plugins.moderation import plugin, services
from plugins.moderation.services import MonthCounts
from plugins.moderation.services.words import ACTIONS
from plugins.moderation.views.words import DECIDED

FEW = "1 or 2"


@plugin.get("/transparency", permission="public")
def transparency() -> str:
    """Reports, decisions and appeals of the last whole months, without a name."""
    months = services.month_counts()
    anything = any(month.reports != 0 or any(count != 0 for count in month.actions.values()) for month in months)
    names = [f"{month.first:%b}" for month in reversed(months)]
    # What is veiled is drawn as nothing: it is one or two.
    reports = [month.reports or 0 for month in reversed(months)]
    return render_template(
        "moderation/transparency.html",
        months=[(f"{month.first:%B %Y}", cells_of(month)) for month in months] if anything else [],
        columns=[("Month", ""), ("Reports", "r"), *((DECIDED[action], "r lesser") for action in ACTIONS), *LAST],
        wide=draw_bars(WIDE, reports, [], names),
        narrow=draw_bars(NARROW, reports, [], names),
        few=FEW,
    )


LAST = (("Appeals", "r"), ("Taken back", "r"))


def cells_of(month: MonthCounts) -> Sequence[tuple[int | None, str]]:
    """The numbers of a month in the order of the columns, each with the class of its cell."""
    decided = [(month.actions[action], "r num lesser") for action in ACTIONS]
    return [(month.reports, "r num"), *decided, (month.appeals, "r num"), (month.taken_back, "r num")]
