"""Claims about reporting: who may, how often, what is kept, and that each counts once."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
import sqlalchemy as sa

from musicapp.clock import now
from musicapp.database import db, writing
from musicapp.errors import Conflict, Invalid, NotFound, TooOften
from plugins.moderation import services
from plugins.moderation.models import Case, Report
from plugins.moderation.services.reporting import forget_visitors
from tests.conftest import on_one_database
from tests.people import add_person
from tests.plugins.moderation.court import Court
from tests.plugins.moderation.poems import GONE, SECRET


def reports(court: Court) -> list[Report]:
    with court.here():
        return list(db.session.scalars(sa.select(Report).order_by(Report.id)))


@on_one_database
def test_a_report_keeps_how_the_thing_looked_then(court: Court) -> None:
    poem = court.poem(7, words="Violets are blue.", reach=30)
    with court.here():
        case = services.report(court.user(court.mira), "poem", 7, "hateful", "The second line.", at_s=12.5)
    poem.words = "Nothing."
    [kept] = reports(court)
    assert (kept.category, kept.words, kept.at_s) == ("hateful", "The second line.", 12.5)
    assert kept.snapshot["words"] == "Violets are blue." and kept.snapshot["facts"] == {"verses": 4}
    assert "owner_ids" not in kept.snapshot
    assert (case.state, case.category, case.reports_count, case.reach) == ("open", "hateful", 1, 30)
    assert court.log(case.id) == [("moderation.reported", court.mira.id)]
    assert court.told(court.jonas, "waiting") == ["Reported: poem “Poem 7” by A poet. It is hateful."]
    assert court.told(court.poet, "decision") == []


def test_each_counts_once_and_a_decided_case_opens_again(court: Court) -> None:
    court.poem(7)
    case_id = court.report(7)
    assert court.report(7, category="spam", words="Or rather spam.") == case_id
    court.report(7, court.ada, "spam")
    assert [(one.reporter_id, one.category) for one in reports(court)] == [
        (court.mira.id, "spam"),
        (court.ada.id, "spam"),
    ]
    assert (court.case(case_id).reports_count, court.case(case_id).category) == (2, "spam")
    court.decide(case_id, "dismiss")
    assert court.case(case_id).state == "closed"
    assert court.report(7) == case_id and court.case(case_id).state == "open"
    assert court.case(case_id).reports_count == 1
    assert len(court.told(court.jonas, "waiting")) == 2


def test_many_reports_at_once_make_one_case(court: Court) -> None:
    court.poem(7)
    people = [add_person(court.app, f"Reader {number}") for number in range(12)]
    with ThreadPoolExecutor(12) as pool:
        found = set(pool.map(lambda one: court.report(7, one), [*people, *people]))
    assert len(found) == 1 and len(reports(court)) == 12
    with court.here():
        assert db.session.scalar(sa.select(sa.func.count()).select_from(Case)) == 1
        assert db.session.scalars(sa.select(Case.reports_count)).one() == 12


def test_visitors_report_too_but_not_often_and_their_address_is_not_kept(
    court: Court, monkeypatch: pytest.MonkeyPatch
) -> None:
    at = now().replace(minute=30)
    monkeypatch.setattr("musicapp.throttle.purses.now", lambda: at)
    with court.here():
        for poem_id in range(1, 6):
            case_id = services.report(None, "poem", poem_id, "spam", visitor="2001:db8:1:2::9").id
        services.report(None, "poem", 5, "spam", visitor="192.0.2.7")
        with pytest.raises(TooOften) as refused:
            services.report(None, "poem", 6, "spam", visitor="2001:db8:1:2:ffff::1")
        assert 1740 < int(refused.value.headers["Retry-After"]) <= 1801
    marks = [one.visitor for one in reports(court)]
    assert len(set(marks)) == 2 and not any(part in str(mark) for mark in marks for part in (":", "."))
    assert court.case(case_id).reports_count == 2
    with court.here():
        with writing():
            db.session.execute(sa.update(Report).values(made_at=now() - timedelta(days=31)))
        forget_visitors(now())
    assert {one.visitor for one in reports(court)} == {None}


@on_one_database
def test_what_nobody_may_know_of_or_nobody_can_report_is_refused(court: Court) -> None:
    with court.here():
        mira = court.user(court.mira)
        for kind, poem_id, wrong in (("poem", SECRET, NotFound), ("poem", GONE, NotFound), ("poem", 2**40, NotFound)):
            with pytest.raises(wrong):
                services.report(mira, kind, poem_id, "spam")
        for fields in ({"kind": "moon"}, {"category": "ugly"}, {"words": "x" * 2001}, {"at_s": -1.0}):
            given = {"kind": "poem", "subject_id": 1, "category": "spam", **fields}
            with pytest.raises(Invalid) as refused:
                services.report(mira, **given)
            assert list(refused.value.errors) == list(fields)
        with pytest.raises(Invalid):
            services.report(mira, "poem", 1, "other")
        court.poem(2, court.mira)
        with pytest.raises(Conflict, match="This is yours"):
            services.report(mira, "poem", 2, "spam")
    assert reports(court) == []
