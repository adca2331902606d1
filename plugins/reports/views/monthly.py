"""Pages of monthly reports: one's own by month, and one by itself."""

from itertools import groupby

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from musicapp.errors import NotFound
from musicapp.security import signed_in
from plugins.reports import plugin
from plugins.reports.services import monthly
from plugins.reports.services.monthly.reading import NOT_HERE
from plugins.reports.services.monthly.telling import made_in_words

plugin.nav("Reports", ".reports", permission="member", icon="calendar", place="library")


@plugin.get("/reports", permission="member")
def reports() -> str:
    """What one was told of each month, the newest first."""
    page = monthly.reports_of(signed_in(), cursor=request.args.get("cursor"))
    return render_template(
        "reports/reports.html",
        years=[(year, list(rows)) for year, rows in groupby(page.rows, key=lambda row: row.period[:4])],
        named=monthly.named,
        made_in_words=made_in_words,
        next_url=url_for(".reports", cursor=page.next) if page.next else "",
        is_first=not request.args.get("cursor"),
    )


@plugin.get("/reports/<long:report_id>", permission="member")
def report(report_id: int) -> str:
    """One report, with the ways to the months beside it."""
    found = monthly.report_with_id(signed_in(), report_id)
    return render_template(
        "reports/report.html",
        report=found,
        title=monthly.named(found.period, found.title),
        months=monthly.neighbours_of(found),
        in_months=monthly.in_months,
        made=made_in_words(found),
    )


@plugin.get("/reports/<period>/<audience>/<int:subject_id>", permission="member")
def own_report(period: str, audience: str, subject_id: int) -> ResponseReturnValue:
    """Lead a reader to their own report of a month: alerts to many have this one address."""
    found = monthly.report_about(signed_in().id, audience, subject_id, period)
    if found is None:
        raise NotFound(NOT_HERE)
    return redirect(url_for(".report", report_id=found.id))
