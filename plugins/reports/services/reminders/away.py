"""The reminder of reports' own: what is new for listeners who have not been here for a while."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta

from musicapp.addresses import url_of
from musicapp.blocks import Section, Words, from_json
from musicapp.database import writing
from musicapp.pages import local
from musicapp.site.stored_settings import site_settings
from musicapp.spans import Readers, span_to
from plugins.auth.services import away_since, last_seen
from plugins.reports.services.limits import limits
from plugins.reports.services.monthly.composing import Failures, compose
from plugins.reports.services.monthly.runs import note
from plugins.reports.services.reminders.ledger import known_keys, whose_turn

NAME = "away"
ASKED_EVERY = 7
LONGEST_LOOK_BACK = 366
AT_ONCE = 500

Due = tuple[int, str, str, Sequence[Section]]


def people_away(at: datetime, after: int, limit: int) -> Iterator[Due]:
    """Who was away for as many days as the setting says, and has something new here: at most `limit` people.

    Somebody is looked at on the day that completes their days, and, while there is nothing new for them, on every
    seventh day after it, so that a night costs the same however many stay away for good.
    """
    days = limits().away_days
    found = 0
    while days and found < limit and (some := away_since(at - timedelta(days=days), after, AT_ONCE)):
        for due in with_news(to_look_at(some, at, days), local(at).date()):
            found += 1
            yield due
            if found == limit:
                return
        after = some[-1][0]


def to_look_at(away: Sequence[tuple[int, datetime]], at: datetime, days: int) -> list[tuple[int, datetime]]:
    """Those of some people whose day to be looked at it is, whose turn it is, and who know of nothing yet."""
    ripe = [(person_id, seen_at) for person_id, seen_at in away if ((at - seen_at).days - days) % ASKED_EVERY == 0]
    ids = [person_id for person_id, _ in ripe]
    turn, known = whose_turn(ids, NAME, local(at).date()), known_keys(ids, NAME)
    return [(one, seen_at) for one, seen_at in ripe if one in turn and (one, key_of(seen_at)) not in known]


def with_news(away: Sequence[tuple[int, datetime]], today: date) -> Iterator[Due]:
    """Those of some people for whom something is new, each with what it is; what raises costs its own part alone."""
    failures = Failures()
    for person_id, seen_at in away:
        days = min((today - local(seen_at).date()).days, LONGEST_LOOK_BACK)
        readers = Readers([(person_id, 0)], span_to(today - timedelta(days=1), days))
        if sections := from_json(compose("news", readers, failures)[person_id, 0]):
            yield person_id, key_of(seen_at), f"New for you on {site_settings().name}", [*sections, the_way_back()]
    if failures.counts():
        with writing():
            note(f"{today:%Y-%m}", "reminders", failures)


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
