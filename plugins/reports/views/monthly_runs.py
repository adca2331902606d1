"""The page of admins about monthly reports: how the months went, and what failed of them."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from musicapp.database import writing
from musicapp.jobs import enqueue
from musicapp.site.stored_settings import site_settings
from plugins.reports import plugin
from plugins.reports.services import monthly


@plugin.get("/reports/runs", permission="site.admin")
def report_runs() -> str:
    """When reports were made, how many, and which parts of them are missing."""
    titles = {audience.name: audience.title for audience in monthly.audiences()}
    return render_template(
        "reports/runs.html",
        runs=monthly.last_runs(),
        failures=monthly.failures(),
        titles=titles,
        in_months=monthly.in_months,
        zone=site_settings().time_zone,
    )


@plugin.post("/reports/runs/<period>/<audience>/mend", permission="site.admin")
def mend_reports(period: str, audience: str) -> ResponseReturnValue:
    """Let a job compose those reports anew in which something is missing."""
    monthly.span_of(period)
    name = monthly.audience_named(audience).name
    with writing():
        enqueue("reports.mend_month", {"period": period, "audience": name})
    flash("What is missing is being added. Nobody is told again.", "success")
    return redirect(url_for(".report_runs"), 303)
