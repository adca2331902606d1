"""What can be done with the music of a monthly report: hearing it again, and taking its numbers out."""

from datetime import date
from typing import Protocol

from musicapp.plugins.slots import fragment
from musicapp.spans import span_to
from plugins.catalog import plugin


class Report(Protocol):
    """What is asked of a report: whose it is, about what, and its days."""

    audience: str
    person_id: int
    subject_id: int
    first_on: date
    last_on: date


@plugin.fills("reports.report_acts")
def report_acts(report: Report) -> str:
    """A listener plays what they heard most and takes their plays out, an artist the plays of each day."""
    if report.audience not in ("listener", "artist"):
        return ""
    span = span_to(report.last_on, (report.last_on - report.first_on).days + 1)
    return fragment("catalog/_report_acts.html", report=report, span=span)
