"""What people do in the API about decisions on what is theirs."""

from flask import Response

from musicapp.api import PageQuery, answer, listing
from musicapp.errors import NotFound
from plugins.moderation import plugin, services
from plugins.moderation.api.bodies import AppealBody
from plugins.moderation.api.shapes import person_who_asks, shape, shapes
from plugins.moderation.services import MyDecision, own
from plugins.moderation.services.cases import NOT_THERE


@plugin.api.get("/decisions", permission="member", query=PageQuery, answer=list[MyDecision])
def my_decisions(query: PageQuery) -> Response:
    """What moderators decided about what is yours, the newest first."""
    return listing(shapes(services.decisions_about(person_who_asks(), limit=query.limit, cursor=query.cursor)))


@plugin.api.get("/decisions/<int:decision_id>", permission="member", answer=MyDecision)
def my_decision(decision_id: int) -> Response:
    """One decision about what is yours."""
    return answer(shape(services.decision_about(person_who_asks().id, decision_id)))


@plugin.api.post("/reports/<int:case_id>/appeal", permission="member", body=AppealBody, answer=MyDecision)
def appeal_case(case_id: int, body: AppealBody) -> Response:
    """Appeal against the latest decision about what is yours; another moderator looks at it. 409 for a second time."""
    person = person_who_asks()
    decisions = own.decisions_in(person, case_id)
    if not decisions:
        raise NotFound(NOT_THERE)
    open_ones = [decision for decision in decisions if not decision.why_no_appeal]
    decision = (open_ones or decisions)[0]
    services.appeal(person.id, decision.id, body.text)
    said = "Another moderator will look at it."
    return answer(shape(services.decision_about(person.id, decision.id)), said, 201)
