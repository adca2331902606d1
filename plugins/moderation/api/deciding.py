"""What moderators do with cases in the API."""

from dataclasses import asdict

from flask import Response

from musicapp.api import answer
from musicapp.errors import Conflict
from plugins.moderation import plugin, services
from plugins.moderation.api.bodies import AnswerBody, DecisionBody, DecisionsBody, ReasonBody
from plugins.moderation.api.shapes import person_who_asks, shape
from plugins.moderation.services import CaseDetail, Outcome
from plugins.moderation.services.impartial import RIGHT


@plugin.api.post("/reports/<int:case_id>/take", permission=RIGHT, answer=CaseDetail)
def take_case(case_id: int) -> Response:
    """Take a case, so that others leave it alone; 409 when another moderator was first."""
    services.take(person_who_asks(), case_id)
    return case_now(case_id, "It is yours now.")


@plugin.api.post("/reports/<int:case_id>/give_back", permission=RIGHT, answer=CaseDetail)
def give_case_back(case_id: int) -> Response:
    """Leave a case that you took to the others."""
    services.give_back(person_who_asks(), case_id)
    return case_now(case_id, "It is open again.")


@plugin.api.post("/reports/<int:case_id>/decide", permission=RIGHT, body=DecisionBody, answer=CaseDetail)
def decide_case(case_id: int, body: DecisionBody) -> Response:
    """Decide about a thing, and do it; 409 when another moderator was first, 403 for your own or what you reported."""
    person = person_who_asks()
    services.decide(person, case_id, body.action, body.reason, days=body.days, version=body.version)
    return case_now(case_id, "It is decided, and those whom it concerns are told.")


@plugin.api.post("/reports/decide", permission=RIGHT, body=DecisionsBody, answer=list[Outcome])
def decide_cases(body: DecisionsBody) -> Response:
    """Decide several cases alike; each is answered by itself, with the sentence by which it was refused, or none."""
    outcomes = services.decide_many(person_who_asks(), body.ids, body.action, body.reason)
    done = sum(not outcome.problem for outcome in outcomes)
    return answer([asdict(outcome) for outcome in outcomes], f"{done} of {len(outcomes)} are decided.")


@plugin.api.post("/reports/<int:case_id>/answer", permission=RIGHT, body=AnswerBody, answer=CaseDetail)
def answer_case(case_id: int, body: AnswerBody) -> Response:
    """Answer the appeal that waits; 403 for who made the decision, 409 when another moderator was first."""
    person = person_who_asks()
    appealed = services.case_detail(person, case_id).appealed
    if appealed is None:
        raise Conflict("No appeal waits here.")
    services.answer_appeal(person, appealed.id, body.upheld, body.reason)
    return case_now(case_id, "The appeal is answered.")


@plugin.api.post("/decisions/<int:decision_id>/undo", permission=RIGHT, body=ReasonBody, answer=CaseDetail)
def undo_decision(decision_id: int, body: ReasonBody) -> Response:
    """Take a decision back, with what it did; 409 when it is undone already."""
    decision = services.undo(person_who_asks(), decision_id, body.reason)
    return case_now(decision.case_id, "The decision is undone, and those whom it concerns are told.")


def case_now(case_id: int, message: str) -> Response:
    """A case after a change."""
    return answer(shape(services.case_detail(person_who_asks(), case_id)), message)
