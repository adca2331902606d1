"""Telling readers of their reports: an alert for each, and the mail that says the same as the page."""

from collections import defaultdict
from collections.abc import Sequence

from musicapp.addresses import url_of
from musicapp.blocks import Section, Words
from musicapp.pages import day
from musicapp.withheld import for_reader
from plugins.auth.services import person_with_id
from plugins.inbox.services import tell
from plugins.reports.services.monthly.audiences import Recipient
from plugins.reports.services.monthly.periods import in_months, named
from plugins.reports.services.monthly.reading import Report, may_read, report_about

OWN_KINDS = ("listener", "artist", "admin")
OTHER_KIND = "reports.monthly_other"
SEPARATOR = "/"


def kind_for(audience: str) -> str:
    """The kind of alert by which an audience is told of its reports."""
    return f"reports.monthly_{audience}" if audience in OWN_KINDS else OTHER_KIND


def tell_readers(audience: str, period: str, readers: Sequence[Recipient]) -> None:
    """Tell some readers, inside `writing()`, that their reports are there: those of the same subject at once."""
    by_subject: dict[tuple[int, str], list[int]] = defaultdict(list)
    for reader in readers:
        by_subject[reader.subject_id, reader.title].append(reader.person_id)
    for (subject_id, title), person_ids in by_subject.items():
        tell(
            person_ids,
            kind_for(audience),
            key=SEPARATOR.join(("monthly", audience, str(subject_id), period)),
            text=f"The report of {in_months(period)} is here: {named(period, title)}.",
            url=address_of(audience, subject_id, period),
        )


def address_of(audience: str, subject_id: int, period: str) -> str:
    """The address that leads each reader to their own report of a month: one alert's words fit all."""
    return f"{url_of('reports.reports')}/{period}/{audience}/{subject_id}"


def letter_of(person_id: int, key: str) -> tuple[str, list[Section]] | None:
    """The mail about a report: its subject and the sections of the page; None when it is gone or not for them now."""
    _monthly, audience, subject_id, period = key.split(SEPARATOR)
    person, report = person_with_id(person_id), report_about(person_id, audience, int(subject_id), period)
    if report is None or not may_read(person, report):
        return None
    link = Words(made_in_words(report), url_of("reports.report", report_id=report.id), "See it on the site")
    sections = for_reader(person, report.sections)
    return f"{named(period, report.title)} {period[:4]}", [*sections, Section("", [link])]


def made_in_words(report: Report) -> str:
    """Which days a report covers, and when it was made."""
    late = ", late" if report.late else ""
    return f"From {day(report.first_on)} to {day(report.last_on)}. Made on {day(report.made_at)}{late}."
