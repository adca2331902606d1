"""Monthly reports for programs: the same documents as the pages, block by block."""

from typing import Any

from flask import Response

from musicapp.api import PageQuery, answer, listing
from musicapp.blocks import as_json
from musicapp.paging import Page
from musicapp.security import signed_in
from plugins.reports import plugin
from plugins.reports.services import monthly
from plugins.reports.services.monthly import ReportRow


@plugin.api.get("/monthly-reports", permission="member", query=PageQuery)
def monthly_reports(query: PageQuery) -> Response:
    """Your monthly reports, as a listener, for your artists and for the site, the newest month first."""
    page = monthly.reports_of(signed_in(), limit=query.limit, cursor=query.cursor)
    return listing(Page([report_shape(row) for row in page.rows], page.next))


@plugin.api.get("/monthly-reports/<long:report_id>", permission="member")
def monthly_report(report_id: int) -> Response:
    """One report with its sections; each block has its `kind`, lengths of time are in ms."""
    found = monthly.report_with_id(signed_in(), report_id)
    return answer({**report_shape(found), "sections": as_json(found.sections)})


def report_shape(row: ReportRow) -> dict[str, Any]:
    return {
        "id": row.id,
        "audience": row.audience,
        "subject_id": row.subject_id or None,
        "title": monthly.named(row.period, row.title),
        "period": row.period,
        "first_on": row.first_on.isoformat(),
        "last_on": row.last_on.isoformat(),
        "made_at": row.made_at.isoformat(),
        "late": row.late,
    }
