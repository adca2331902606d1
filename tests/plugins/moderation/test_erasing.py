"""Claims about erasing a person from cases: in small units of work, and anew where it broke off."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
import sqlalchemy as sa
from sqlalchemy import event

from musicapp.database import db
from plugins.moderation import services
from plugins.moderation.models import Appeal, Case, CaseOwner, Concerned, Decision, Report
from plugins.moderation.services import erasing
from tests.people import add_person
from tests.plugins.moderation.court import Court


class PowerCut(Exception):
    """The machine stops."""


@contextmanager
def stops_after(commits: int) -> Iterator[list[int]]:
    """Let units of work be counted, and the machine stop before one more than so many is kept."""
    done: list[int] = []

    def count(_session: object) -> None:
        if len(done) == commits:
            raise PowerCut
        done.append(1)

    event.listen(db.session, "before_commit", count)
    try:
        yield done
    finally:
        event.remove(db.session, "before_commit", count)


def test_who_leaves_is_taken_off_many_cases_in_small_units_of_work_and_anew_after_a_stop(
    court: Court, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(erasing, "AT_ONCE", 2)
    readers = [add_person(court.app, f"Reader {number}") for number in range(3)]
    for poem_id in range(1, 6):
        court.poem(poem_id)
    court.poem(9, court.poet, court.mira)
    cases = [court.report(poem_id, reader) for poem_id in range(1, 6) for reader in readers]
    shared = court.report(9, readers[0])
    decision_id = court.decide(cases[0], "flag")
    with court.here():
        services.appeal(court.poet.id, decision_id, "It is mine.")
        for number in range(5):
            services.report(court.user(court.poet), "riddle", number + 1, "other", "I wrote this.")
    with court.here(), pytest.raises(PowerCut), stops_after(4):
        erasing.erase(court.poet.id)
    with court.here():
        db.session.rollback()
        with stops_after(10_000) as done:
            erasing.erase(court.poet.id)
        assert len(done) > 20
        for table in (Report, Decision):
            of_poems = sa.select(table.case_id, table.snapshot).join(Case, Case.id == table.case_id)
            for case_id, snapshot in db.session.execute(of_poems.where(Case.kind == "poem")):
                assert (snapshot["by"] == "") is (case_id != shared)
        assert {case.id for case in db.session.scalars(sa.select(Case)) if case.shown["by"]} == {shared}
        for owners in (CaseOwner, Concerned):
            assert db.session.scalars(sa.select(owners).where(owners.person_id == court.poet.id)).all() == []
        [appeal] = db.session.scalars(sa.select(Appeal))
        assert (appeal.made_by, appeal.words) == (None, "")
        theirs = sa.select(Report.words, Report.reporter_id).join(Case, Case.id == Report.case_id)
        assert set(db.session.execute(theirs.where(Case.kind == "riddle"))) == {("", None)}


def test_what_who_leaves_had_taken_waits_for_another_moderator(court: Court) -> None:
    case_id = court.report(1)
    with court.here():
        services.take(court.user(court.jonas), case_id)
        erasing.erase(court.jonas.id)
    assert (court.case(case_id).state, court.case(case_id).taken_by) == ("open", None)
