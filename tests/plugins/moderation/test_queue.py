"""Claims about the queue: what comes first, what is overdue, and that its cost does not grow."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from musicapp.clock import now
from plugins.moderation import services
from plugins.moderation.services import Filters, reaching
from plugins.moderation.services.closing import close_settled
from plugins.moderation.services.reaching import take_reach_anew
from plugins.moderation.services.weighing import weight_of
from tests.conftest import on_one_database
from tests.people import add_person
from tests.plugins.catalog.music import Counted
from tests.plugins.moderation.court import Court


def statements(court: Court, ask: Callable[[], object]) -> int:
    """How many statements a question costs, without those for the site's settings."""
    with Counted(court.app) as counted:
        ask()
    return len([one for one in counted.statements if "site_setting" not in one])


def test_reports_reach_and_age_bring_a_case_forward_and_pages_go_on_behind_each_other(court: Court) -> None:
    readers = [add_person(court.app, f"Reader {number}") for number in range(4)]
    ids = {}
    for poem_id, reach, reporters, days in ((1, 3, 1, 0), (2, 3, 4, 0), (3, 31, 1, 0), (4, 3, 1, 4), (5, 3, 1, 1)):
        court.poem(poem_id, reach=reach)
        for reader in readers[:reporters]:
            ids[poem_id] = court.report(poem_id, reader, "spam" if poem_id == 1 else "rights")
        court.age(ids[poem_id], timedelta(days=days))
        court.weigh(ids[poem_id])
    with court.here():
        whole = [row.title for row in services.queue(Filters()).rows]
        assert whole == ["Poem 4", "Poem 3", "Poem 2", "Poem 5", "Poem 1"]
        pages, cursor = [], None
        while cursor is not None or not pages:
            page = services.queue(Filters(), limit=2, cursor=cursor)
            pages.append([row.title for row in page.rows])
            cursor = page.next
        assert pages == [whole[:2], whole[2:4], whole[4:]]
        chosen = {
            "overdue": Filters(overdue=True),
            "spam": Filters(category="spam"),
            "oldest": Filters(sort="waiting"),
            "none": Filters(kind="song"),
            "mine": Filters(mine=court.jonas.id),
        }
        services.take(court.user(court.jonas), ids[3])
        found = {name: [row.title for row in services.queue(filters).rows] for name, filters in chosen.items()}
        assert found.pop("oldest")[:2] == ["Poem 4", "Poem 5"]
        assert found == {"overdue": ["Poem 4"], "spam": ["Poem 1"], "none": [], "mine": ["Poem 3"]}
        row = services.queue(Filters(mine=court.jonas.id)).rows[0]
        assert (row.state, row.taken_by_name, row.is_overdue, row.word) == ("taken", "Jonas", False, "poem")
        assert services.counts(court.user(court.jonas)) == services.Counts(open=4, mine=1, appeals=0, overdue=1)
    decision_id = court.decide(ids[1], "warn")
    court.decide(ids[2], "warn")
    court.age(ids[1], timedelta(days=15))
    with court.here():
        assert close_settled(now()) == 1
        shelves = [[row.id for row in services.queue(Filters(state=state)).rows] for state in ("closed", "decided")]
        assert shelves == [[ids[1]], [ids[2]]]
        assert services.decision_about(court.poet.id, decision_id).why_no_appeal


@on_one_database
def test_lists_and_a_case_cost_the_same_however_long_they_are(court: Court) -> None:
    costs = []
    for poem_ids in (range(1, 3), range(3, 20)):
        for poem_id in poem_ids:
            court.poem(poem_id)
            case_id = court.report(poem_id, words="So it is.")
            if poem_id % 2:
                court.decide(case_id, "warn")
        with court.here():
            jonas, mira, poet = (court.user(one) for one in (court.jonas, court.mira, court.poet))
            asked = {
                "queue": lambda: services.queue(Filters(state="all")),
                "reports": lambda mira=mira: services.my_reports(mira),
                "decisions": lambda poet=poet: services.decisions_about(poet),
                "months": services.month_counts,
                "detail": lambda jonas=jonas: services.case_detail(jonas, 1),
            }
            costs.append({name: statements(court, ask) for name, ask in asked.items()})
    assert costs[0] == costs[1]
    assert costs[0] == {"queue": 1, "reports": 1, "decisions": 1, "months": 4, "detail": costs[0]["detail"]}


def test_a_day_more_counts_like_twice_the_reports_or_twice_the_reach() -> None:
    at = now()
    plain = weight_of(2, 7, at)
    assert round(weight_of(4, 7, at) - plain, 9) == round(weight_of(2, 15, at) - plain, 9) == 1
    assert round(weight_of(2, 7, at - timedelta(days=1)) - plain, 9) == 1
    assert weight_of(0, 0, at) == weight_of(1, 0, at)


def test_a_case_comes_forward_by_whom_its_thing_reached_since_it_was_reported(
    court: Court, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reaching, "AT_ONCE", 1)
    first, second = (court.report(poem_id) for poem_id in (1, 2))
    settled = court.report(3)
    court.decide(settled, "warn")
    with court.here():
        services.report(court.user(court.mira), "riddle", 1, "spam")
        before = [row.title for row in services.queue(Filters()).rows]
        for poem_id in (2, 3):
            court.poem(poem_id, reach=900)
        assert sum(take_reach_anew()) == 1
        after = services.queue(Filters()).rows
        assert [row.title for row in after] == ["Poem 2", *(title for title in before if title != "Poem 2")]
        assert after[0].reach == 900
    assert (court.case(first).reach, court.case(settled).reach) == (0, 0)
    assert court.case(second).version == court.case(first).version


@on_one_database
def test_a_batch_of_cases_costs_the_same_statements_however_many_it_holds(court: Court) -> None:
    for poem_id in range(1, 4):
        court.report(poem_id)
    with court.here():
        few = statements(court, lambda: list(take_reach_anew()))
        for poem_id in range(4, 20):
            court.report(poem_id)
        assert statements(court, lambda: list(take_reach_anew())) == few
