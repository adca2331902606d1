"""The reminder of reports' own: what is new for listeners who have not been here for a while."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from itertools import islice

from musicapp.addresses import url_of
from musicapp.blocks import Section, Words, from_json
from musicapp.database import writing
from musicapp.jobs.ledger import site_zone
from musicapp.jobs.schedule import moment_of
from musicapp.pages import local
from musicapp.site.stored_settings import site_settings
from musicapp.spans import Readers, span_to
from plugins.auth.services import away_since, last_seen
from plugins.reports.services.limits import limits
from plugins.reports.services.monthly.composing import Document, Failures, compose
from plugins.reports.services.monthly.runs import note
from plugins.reports.services.reminders.ledger import AUDIENCE, known_keys, whose_turn

NAME = "away"
ASKED_EVERY = 7
LONGEST_LOOK_BACK = 366
AT_ONCE = 500

Due = tuple[int, str, str, Sequence[Section]]
News = tuple[int, datetime, Sequence[Section]]


def people_away(at: datetime, after: int, limit: int) -> Iterator[Due]:
    """Who was away for as many days as the setting says, and has something new here: at most `limit` people."""
    today, failures = local(at).date(), Failures()
    for person_id, seen_at, sections in islice(with_news(today, after, limit, failures), limit):
        yield person_id, key_of(seen_at), f"New for you on {site_settings().name}", [*sections, the_way_back()]
    if failures.counts():
        with writing():
            note(f"{today:%Y-%m}", AUDIENCE, failures)


def with_news(today: date, after: int, at_once: int, failures: Failures) -> Iterator[News]:
    """All for whom anything is new, looked at so many at once."""
    due = ripe(today, after)
    while some := dict(islice(due, at_once)):
        yield from news(some, today, failures)


def ripe(today: date, after: int) -> Iterator[tuple[int, datetime]]:
    """Whose day it is to be looked at, and when they were last here: whose turn it is and who know of nothing yet.

    It is the day that completes their days, and while there is nothing new for them every seventh after it, so that a
    night costs the same however many stay away for good.
    """
    days = limits().away_days
    ends_at = moment_of(today - timedelta(days=days - 1), time(), site_zone())
    while days and (some := away_since(ends_at, after, AT_ONCE)):
        after = some[-1][0]
        due = {one: at for one, at in some if ((today - local(at).date()).days - days) % ASKED_EVERY == 0}
        turn, known = whose_turn(due, NAME, today), known_keys(due, NAME)
        yield from ((one, at) for one, at in due.items() if one in turn and (one, key_of(at)) not in known)


def news(some: Mapping[int, datetime], today: date, failures: Failures) -> Iterator[News]:
    """What is new for those of some people for whom anything is, since each was last here, in their order.

    Who was away for as long is asked for together; what raises costs its own part alone.
    """
    by_days: defaultdict[int, list[tuple[int, int]]] = defaultdict(list)
    for person_id, seen_at in some.items():
        by_days[min((today - local(seen_at).date()).days, LONGEST_LOOK_BACK)].append((person_id, 0))
    documents: dict[tuple[int, int], Document] = {}
    for days, pairs in by_days.items():
        documents |= compose("news", Readers(pairs, span_to(today - timedelta(days=1), days)), failures)
    for person_id, seen_at in some.items():
        if documents[person_id, 0]:
            yield person_id, seen_at, from_json(documents[person_id, 0])


def the_way_back() -> Section:
    """Where all of it is."""
    return Section("", [Words("This and more waits for you.", url_of("site.home"), f"Open {site_settings().name}")])


def key_of(seen_at: datetime) -> str:
    """An absence, by the moment at which it began."""
    return seen_at.isoformat()


def still_away(person_id: int, key: str) -> bool:
    """Whether somebody has not been here since the absence began of which a letter speaks."""
    seen_at = last_seen(person_id)
    return seen_at is not None and key_of(seen_at) == key
