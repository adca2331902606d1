"""Telling people: owners of decisions about what is theirs, who reported of the outcome, moderators of what waits."""

from collections.abc import Collection
from typing import cast

from musicapp.evidence import Evidence
from plugins.inbox.services import tell
from plugins.moderation.links import case_url, decision_url, my_reports_url
from plugins.moderation.models import Appeal, Case, Decision
from plugins.moderation.services.impartial import staff
from plugins.moderation.services.subjects import word_for
from plugins.moderation.services.suspensions import concerned_by
from plugins.moderation.services.words import CATEGORIES, Action, Category, to_owner, to_reporter

DECISION, REPORT_ANSWERED = "moderation.decision", "moderation.report_answered"
WAITING, APPEAL = "moderation.waiting", "moderation.appeal"
LONGEST_ALERT = 400


def thing_of(case: Case) -> str:
    """What a case is about, as owners are told of it: your song “Neap”, your account."""
    if case.kind == "user":
        return "your account"
    return f"your {word_for(case.kind)} “{case.title}”"


def said_of(case: Case, decision: Decision) -> str:
    """What a decision does, in a sentence for those whom it concerns."""
    return to_owner(cast(Action, decision.action), thing_of(case), decision.until)


def said_of_undoing(case: Case) -> str:
    """That a decision no longer stands, in a sentence for those whom it concerned."""
    return f"We took back a decision about {thing_of(case)}."


def said_of_answer(case: Case, appeal: Appeal) -> str:
    """What came of an appeal, in a sentence for who made it."""
    outcome = "the decision stands" if appeal.upheld else "the decision is taken back"
    return f"We looked again at {thing_of(case)}: {outcome}."


def outcome_of(decision: Decision) -> str:
    """What a decision means for who reported the thing, in a sentence."""
    return to_reporter(cast(Action, decision.action), decision.undone_at)


def tell_owners(case: Case, decision: Decision) -> None:
    """Tell those whom it concerns of a decision, inside `writing()`."""
    tell_concerned(case, decision, "decided", f"{said_of(case, decision)} {decision.reason}")


def tell_undone(case: Case, decision: Decision) -> None:
    """Tell them that a decision no longer stands."""
    tell_concerned(case, decision, "undone", f"{said_of_undoing(case)} {decision.undone_reason}")


def tell_appeal_answered(case: Case, decision: Decision, appeal: Appeal) -> None:
    """Tell them what another moderator answered to the appeal."""
    tell_concerned(case, decision, "answered", f"{said_of_answer(case, appeal)} {appeal.answer}")


def tell_concerned(case: Case, decision: Decision, what: str, text: str) -> None:
    key, picture_url = f"{DECISION}-{what}-{decision.id}", case.shown.get("picture_url", "")
    url = decision_url(decision.id)
    short = text if len(text) <= LONGEST_ALERT else f"{text[: LONGEST_ALERT - 1].rstrip()}…"
    tell(concerned_by(decision.id), DECISION, key=key, text=short, url=url, picture_url=picture_url)


def tell_reporters(case: Case, decision: Decision, reporter_ids: Collection[int]) -> None:
    """Tell who reported a thing what became of it, inside `writing()`; who decided knows."""
    text = f"You reported {the_thing(case)}. {outcome_of(decision)}"
    key, by_id = f"{REPORT_ANSWERED}-{decision.id}", decision.decided_by
    tell(reporter_ids, REPORT_ANSWERED, key=key, text=text, url=my_reports_url(), by_id=by_id)


def tell_reporters_of_undoing(case: Case, decision: Decision, reporter_ids: Collection[int]) -> None:
    """Tell who reported a thing that what was done about it was taken back."""
    text, key = f"You reported {the_thing(case)}. {outcome_of(decision)}", f"{REPORT_ANSWERED}-undone-{decision.id}"
    tell(reporter_ids, REPORT_ANSWERED, key=key, text=text, url=my_reports_url())


def tell_moderators_of_case(case: Case, evidence: Evidence, by_id: int | None) -> None:
    """Tell moderators that something waits which did not wait before, inside `writing()`; never whose it is."""
    by = f" by {evidence.by}" if evidence.by else ""
    text = f"Reported: {word_for(case.kind)} “{evidence.title}”{by}. {CATEGORIES[cast(Category, case.category)]}."
    key = f"{WAITING}-{case.id}-{case.opened_at:%Y%m%dT%H%M%S.%f}"
    others = set(staff()) - evidence.owner_ids
    tell(others, WAITING, key=key, text=text, url=case_url(case.id), picture_url=evidence.picture_url, by_id=by_id)


def tell_moderators_of_appeal(case: Case, decision: Decision) -> None:
    """Tell the moderators who may answer it that an appeal waits; never who made the decision."""
    text = f"An appeal waits: {word_for(case.kind)} “{case.title}”."
    others = set(staff()) - {decision.decided_by} - set(concerned_by(decision.id))
    tell(others, APPEAL, key=f"{APPEAL}-{decision.id}", text=text, url=case_url(case.id))


def the_thing(case: Case) -> str:
    return f"the {word_for(case.kind)} “{case.title}”"
