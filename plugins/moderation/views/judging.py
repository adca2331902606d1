"""What stands beside a case on its page: the forms, what changed since the report, the log in words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, cast

from wtforms import SelectChoice

from musicapp.clock import now
from musicapp.pages import duration
from plugins.auth.services import Person
from plugins.moderation.forms.deciding import AnswerForm, DecisionForm
from plugins.moderation.services import CaseDetail, LogRow
from plugins.moderation.services.canned import canned_reasons
from plugins.moderation.services.decided import DecidedRow, decided_alike
from plugins.moderation.services.telling import thing_of
from plugins.moderation.services.words import Action, to_owner
from plugins.moderation.settings import limits
from plugins.moderation.views.words import CHOICES, DECIDED, EFFECTS_IN_WORDS

SHOWN = {"title": "Title", "by": "By", "words": "Words"}
OWNER = "its owner"
SHOWN_STATES = {"shown": "Shown", "hidden": "Hidden", "removed": "Taken down"}
STEPS = {
    "moderation.reported": "reported it",
    "moderation.taken": "took the case",
    "moderation.given_back": "gave the case back",
    "moderation.appealed": "appealed",
    "moderation.undone": "took a decision back",
}


@dataclass(frozen=True)
class Card:
    """One decision that can be made: what it does, what its owner reads first, and what the button says."""

    consequence: str
    told: str
    act: str


@dataclass(frozen=True)
class Desk:
    """What a moderator works with: the form that the case asks for, and what helps to fill it.

    `refused` is the sentence by which something was refused because somebody else was first, or because it is not
    theirs to judge; `wrote` the reason that they had written, which must not be lost with the form.
    """

    by: str
    may_take: bool
    form: DecisionForm | None
    answer: AnswerForm | None
    cards: Mapping[Action, Card]
    changes: Sequence[tuple[str, str, str]]
    moments: Sequence[float]
    alike: Sequence[DecidedRow]
    log: Sequence[tuple[LogRow, str]]
    in_force: Sequence[str]
    appeal_days: int
    refused: str = ""
    wrote: str = ""


def desk_of(
    person: Person,
    detail: CaseDetail,
    *,
    form: DecisionForm | None = None,
    answer: AnswerForm | None = None,
    refused: str = "",
    wrote: str = "",
) -> Desk:
    """What stands beside a case for somebody; forms that were refused are shown as they were sent."""
    row, by = detail.row, owner_words(detail)
    waits_for_answer = row.state == "appealed"
    decides = row.state in ("open", "taken") and not detail.why_not
    return Desk(
        by=by,
        may_take=may_take(person, detail),
        form=(form or decision_form(detail)) if decides else None,
        answer=(answer or answer_form()) if waits_for_answer and not detail.why_not else None,
        cards=cards_of(detail, by),
        changes=changes_of(detail),
        moments=sorted({one.at_s for one in detail.reports if one.at_s is not None}),
        alike=decided_alike(row.id, row.kind, row.category) if row.category else [],
        log=[(step, step_in_words(step)) for step in reversed(detail.log)],
        in_force=[EFFECTS_IN_WORDS[effect] for effect in row.in_force],
        appeal_days=limits().appeal_days,
        refused=refused,
        wrote=wrote,
    )


def owner_words(detail: CaseDetail) -> str:
    """Whose it is, by name where somebody is known."""
    return (detail.evidence.by if detail.evidence else "") or ", ".join(detail.owners.values()) or OWNER


def may_take(person: Person, detail: CaseDetail) -> bool:
    """Whether somebody may take a case: it waits, and nobody else is at it, or has been for too long."""
    row = detail.row
    if row.state not in ("open", "taken", "appealed") or detail.why_not or row.taken_by == person.id:
        return False
    return row.taken_at is None or row.taken_at <= now() - timedelta(hours=limits().taken_hours)


def cards_of(detail: CaseDetail, by: str) -> dict[Action, Card]:
    """What each decision that can be made means for this thing and its owner."""
    thing, word = thing_of(detail.row), detail.row.word
    at_head = by if by != OWNER else OWNER.capitalize()
    return {
        action: Card(
            choice.consequence.format(by=at_head), to_owner(action, thing), choice.act.format(by=by, word=word)
        )
        for action in detail.actions
        for choice in (CHOICES[action],)
    }


def decision_form(detail: CaseDetail) -> DecisionForm:
    """The form with the decisions that can be made about a case."""
    form = DecisionForm()
    form.action.choices = [SelectChoice(action, CHOICES[action].label) for action in detail.actions]
    offered = ("", *detail.actions)
    form.canned.offer([(one.id, one.title, one.words) for one in canned_reasons() if one.action in offered])
    if not form.is_submitted():
        form.version.data = detail.row.version
    return form


def answer_form() -> AnswerForm:
    form = AnswerForm()
    form.canned.offer([(one.id, one.title, one.words) for one in canned_reasons() if one.action in ("", "restore")])
    return form


def changes_of(detail: CaseDetail) -> list[tuple[str, str, str]]:
    """What is another now than when the first of the reports that wait was made: label, then, now."""
    first = next((one.snapshot for one in detail.reports if one.waits), None)
    if first is None or detail.evidence is None:
        return []
    snapshot = detail.evidence.as_snapshot()
    then, today = lines_of(first), lines_of(snapshot)
    labels = [label for label in {**then, **today} if then.get(label, "") != today.get(label, "")]
    changed = [(label, then.get(label, ""), today.get(label, "")) for label in labels]
    if first.get("picture_url") != snapshot["picture_url"]:
        changed.append(("Picture", "As it was", "Another one" if snapshot["picture_url"] else ""))
    return changed


def lines_of(snapshot: Mapping[str, Any]) -> dict[str, str]:
    """A snapshot as labels and texts, as far as one compares it; numbers of facts change by themselves."""
    lines = {label: str(snapshot.get(name) or "") for name, label in SHOWN.items()}
    lines["State"] = SHOWN_STATES.get(snapshot.get("state", ""), "")
    sound = snapshot.get("sound")
    lines["Sound"] = duration(sound["duration_s"]) if sound else ""
    lines["Marked as explicit"] = "Yes" if snapshot.get("labelled") else "No"
    facts = snapshot.get("facts") or {}
    return lines | {label: value for label, value in facts.items() if isinstance(value, str)}


def step_in_words(step: LogRow) -> str:
    """One line of the log: who did what."""
    who = step.by or ("A visitor" if step.action == "moderation.reported" else "Somebody who left")
    if step.action == "moderation.decided":
        action = cast(Action, step.details.get("decided", "dismiss"))
        return f"{who} decided: {DECIDED[action].lower()}"
    if step.action == "moderation.answered":
        return f"{who} answered the appeal: {'the decision stands' if step.details.get('upheld') else 'taken back'}"
    return f"{who} {STEPS.get(step.action, 'did something')}"
