"""The monthly report: made for every reader of every audience, once, and read on the site and by mail."""

from plugins.reports.services.monthly.audiences import Recipient, audience_named, audiences
from plugins.reports.services.monthly.making import make_month, make_one, mend_month
from plugins.reports.services.monthly.periods import in_months, last_due, month_before, named, span_of, year_span
from plugins.reports.services.monthly.reading import (
    Neighbours,
    Report,
    ReportRow,
    neighbours_of,
    report_about,
    report_with_id,
    reports_of,
)
from plugins.reports.services.monthly.runs import Failure, Run, failures, last_runs

__all__ = [
    "Failure",
    "Neighbours",
    "Recipient",
    "Report",
    "ReportRow",
    "Run",
    "audience_named",
    "audiences",
    "failures",
    "in_months",
    "last_due",
    "last_runs",
    "make_month",
    "make_one",
    "mend_month",
    "month_before",
    "named",
    "neighbours_of",
    "report_about",
    "report_with_id",
    "reports_of",
    "span_of",
    "year_span",
]
