"""The queue of cases, one case beside it, and the decision about several at once."""

from dataclasses import asdict
from typing import Any

from flask import flash, g, render_template, request, url_for
from flask.typing import ResponseReturnValue

from musicapp.errors import Invalid, Refused
from musicapp.paging import Page
from musicapp.routing import LARGEST_ID
from plugins.moderation import plugin, services
from plugins.moderation.forms.deciding import DecisionForm
from plugins.moderation.services import CaseDetail, CaseRow, Counts
from plugins.moderation.services.canned import canned_reasons
from plugins.moderation.services.subjects import subjects
from plugins.moderation.services.words import STATE_WORDS
from plugins.moderation.views.answers import back_to, cursor_asked, next_url, person_here
from plugins.moderation.views.judging import Desk, desk_of
from plugins.moderation.views.shelves import EMPTY, SHELVES, Wanted, wanted_here
from plugins.moderation.views.words import (
    CHOICES,
    DECIDED,
    EFFECTS_IN_WORDS,
    SHORTLY,
    SIGNS,
    age,
    age_in_words,
    ago,
)

RIGHT = "moderation.moderate"
MANY = ("dismiss", "warn", "flag")
ROWS = 50


def counts_here() -> Counts:
    """What waits, for the menu of every page and for the chips; asked once in a request."""
    if "moderation_counts" not in g:
        g.moderation_counts = services.counts(person_here())
    known: Counts = g.moderation_counts
    return known


def waiting_cases() -> int:
    """How many cases nobody has taken."""
    return counts_here().open


plugin.nav(
    "Reports queue", ".queue", permission=RIGHT, icon="flag", place="admin", count=waiting_cases, group="Moderation"
)
plugin.nav("Decisions", ".decisions", permission=RIGHT, icon="gavel", place="admin", group="Moderation")
plugin.nav("Kept reasons", ".reasons", permission=RIGHT, icon="pencil", place="admin", group="Moderation")


@plugin.get("/moderation", permission=RIGHT)
def queue() -> str:
    """The cases of one shelf; where there is room, the first of them beside the list."""
    wanted, page = cases_here()
    if not page.rows:
        return queue_page(wanted, page)
    detail = services.case_detail(person_here(), page.rows[0].id)
    return queue_page(wanted, page, detail, desk_of(person_here(), detail))


@plugin.get("/moderation/cases/<int:case_id>", permission=RIGHT)
def case(case_id: int) -> str:
    """One case, beside the list where there is room."""
    return opened(case_id)


def opened(case_id: int, **tried: Any) -> str:
    """The page of one case; `tried` is what was written and refused, as `desk_of` takes it."""
    wanted, page = cases_here()
    detail = services.case_detail(person_here(), case_id)
    return queue_page(wanted, page, detail, desk_of(person_here(), detail, **tried), is_opened=True)


def cases_here() -> tuple[Wanted, Page[CaseRow]]:
    wanted = wanted_here()
    return wanted, services.queue(wanted.filters(person_here().id), limit=ROWS, cursor=cursor_asked())


def queue_page(
    wanted: Wanted,
    page: Page[CaseRow],
    detail: CaseDetail | None = None,
    desk: Desk | None = None,
    *,
    is_opened: bool = False,
) -> str:
    ids = [row.id for row in page.rows]
    at = ids.index(detail.row.id) if detail and detail.row.id in ids else -1
    before, after = (ids[at - 1] if at > 0 else None), (ids[at + 1] if at + 1 < len(ids) else None)
    return render_template(
        "moderation/queue.html",
        **shared(wanted, page),
        counts=asdict(counts_here()),
        more=next_url(page, **wanted.address),
        opened=is_opened,
        detail=detail,
        desk=desk,
        place=at + 1,
        previous_url=url_for(".case", case_id=before, **wanted.address) if before else "",
        next_case_url=url_for(".case", case_id=after, **wanted.address) if after else "",
    )


def shared(wanted: Wanted, page: Page[CaseRow]) -> dict[str, object]:
    """What templates need that show the list of cases."""
    return {
        "wanted": wanted,
        "cases": page.rows,
        "shelves": SHELVES,
        "empty_words": EMPTY,
        "kinds": {name: subject.word for name, subject in subjects().items()},
        "categories": SHORTLY,
        "states": STATE_WORDS,
        "signs": SIGNS,
        "age": age,
        "age_in_words": age_in_words,
        "ago": ago,
        "decided": DECIDED,
        "effects": EFFECTS_IN_WORDS,
        "back": wanted.address,
    }


@plugin.get("/moderation/choose", permission=RIGHT)
def choose() -> str:
    """Tick several cases, to decide them alike."""
    return choose_page(many_form())


@plugin.post("/moderation/choose", permission=RIGHT)
def decide_many() -> ResponseReturnValue:
    """Decide the cases that are ticked, each for itself."""
    form, case_ids = many_form(), [one for one in request.form.getlist("case", type=int) if 0 < one <= LARGEST_ID]
    if not form.validate_on_submit():
        return choose_page(form, case_ids), Invalid.status
    try:
        if not case_ids:
            raise Invalid("Tick the cases that you mean.")
        outcomes = services.decide_many(person_here(), case_ids[:ROWS], form.action.data, form.why())
    except Refused as refused:
        form.refuse(refused)
        return choose_page(form, case_ids), refused.status
    problems = {one.case_id: one.problem for one in outcomes if one.problem}
    done = len(outcomes) - len(problems)
    if problems:
        return choose_page(form, list(problems), problems, done), 409
    flash("One case is decided." if done == 1 else f"{done} cases are decided.", "success")
    return back_to("queue", **wanted_here().address)


def many_form() -> DecisionForm:
    form = DecisionForm()
    form.action.choices = [(name, CHOICES[name].label) for name in MANY]
    form.canned.offer([(one.id, one.title, one.words) for one in canned_reasons() if one.action in ("", *MANY)])
    return form


def choose_page(
    form: DecisionForm, chosen: list[int] | None = None, problems: dict[int, str] | None = None, done: int = 0
) -> str:
    wanted, page = cases_here()
    return render_template(
        "moderation/choose.html",
        **shared(wanted, page),
        form=form,
        chosen=chosen or [],
        consequences={name: CHOICES[name].consequence.format(by="Its owner") for name in MANY},
        problems=problems or {},
        done=done,
    )
