"""Reporting in the API, the queue, and one case: for moderators whole, for others their part of it."""

from flask import Response, request, url_for

from musicapp.api import answer, listing
from musicapp.errors import NotFound
from musicapp.security import may, signed_in
from plugins.moderation import plugin, services
from plugins.moderation.api.bodies import CasesQuery, ReportBody
from plugins.moderation.api.shapes import MyPart, Received, person_who_asks, shape, shapes
from plugins.moderation.services import CaseDetail, CaseRow, Filters, MyReport, own
from plugins.moderation.services.cases import NOT_THERE
from plugins.moderation.services.impartial import RIGHT


@plugin.api.post("/reports", permission="listen", body=ReportBody, answer=Received)
def send_report(body: ReportBody) -> Response:
    """Report a thing, signed in or not; 429 when it was too often."""
    person, visitor = signed_in(), request.remote_addr or ""
    case = services.report(person, body.kind, body.id, body.category, body.text, visitor=visitor, at_s=body.at_s)
    where = url_for("moderation.api.one_case", case_id=case.id)
    return answer(shape(Received(case.id)), "Thank you. A moderator will look at it.", 201, location=where)


@plugin.api.get("/reports", permission="member", query=CasesQuery, answer=list[CaseRow | MyReport])
def cases(query: CasesQuery) -> Response:
    """The queue, for moderators; for others what they reported, and what became of it."""
    person = person_who_asks()
    if not may(RIGHT):
        return listing(shapes(services.my_reports(person, limit=query.limit, cursor=query.cursor)))
    filters = Filters(
        state=query.state,
        kind=query.kind,
        category=query.category or "",
        mine=person.id if query.mine else None,
        overdue=query.overdue,
        sort=query.sort,
    )
    return listing(shapes(services.queue(filters, limit=query.limit, cursor=query.cursor)))


@plugin.api.get("/reports/<int:case_id>", permission="member", answer=CaseDetail | MyPart)
def one_case(case_id: int) -> Response:
    """A case with its log, for moderators; for who reported the thing, or whose it is, their part of it."""
    person = person_who_asks()
    if may(RIGHT):
        return answer(shape(services.case_detail(person, case_id)))
    reports, decisions = own.my_reports_about(person, case_id), own.decisions_in(person, case_id)
    if not reports and not decisions:
        raise NotFound(NOT_THERE)
    known = (reports or decisions)[0]
    return answer(shape(MyPart(case_id, known.kind, known.title, reports, decisions)))
