"""Claims about suspensions that follow each other, by decisions and by hand: none comes back that somebody ended."""

import re
from datetime import timedelta
from typing import Any

from musicapp.clock import now
from plugins.moderation import services
from tests.conftest import on_one_database
from tests.people import PASSWORD, Somebody, post
from tests.plugins.moderation.court import Court


def until(court: Court, person: Somebody) -> Any:
    """Until when somebody is out."""
    with court.here():
        return court.user(person).suspended_until


def undo(court: Court, decision_id: int) -> None:
    """Take a decision back as Jonas."""
    with court.here():
        services.undo(court.user(court.jonas), decision_id, "Too hard.")


def suspended(court: Court, case_id: int, days: int) -> tuple[int, Any]:
    """Report a poem once more and suspend its owners; answers the decision and its end."""
    court.report(1)
    decision_id = court.decide(case_id, "suspend", days=days)
    [end] = [one.until for one in court.decisions(case_id) if one.id == decision_id]
    return decision_id, end


@on_one_database
def test_a_later_suspension_does_not_revive_one_that_was_lifted_by_hand(court: Court) -> None:
    court.poem(1)
    case_id = court.report(1)
    suspended(court, case_id, 30)
    court.suspend(court.poet, None)
    _, end = suspended(court, case_id, 7)
    assert until(court, court.poet) == end
    court.report(1)
    restored = court.decide(case_id, "restore")
    assert until(court, court.poet) is None
    undo(court, restored)
    assert until(court, court.poet) > now() + timedelta(days=29), "both stand again, as if nothing had been restored"


@on_one_database
def test_an_undone_suspension_leaves_what_was_before_it(court: Court) -> None:
    court.poem(1)
    court.poem(2)
    case_id, other_id = court.report(1), court.report(2)
    by_hand = now() + timedelta(days=5)
    court.suspend(court.poet, by_hand)
    first, _ = suspended(court, case_id, 30)
    undo(court, first)
    assert until(court, court.poet) == by_hand, "an admin's own still runs"
    first, _ = suspended(court, case_id, 10)
    between = court.decide(other_id, "suspend", days=8)
    last, end = suspended(court, case_id, 30)
    undo(court, first)
    assert until(court, court.poet) == end
    undo(court, last)
    assert until(court, court.poet) == court.decisions(other_id)[0].until, "one that stands, and was shorter then"
    undo(court, between)
    assert until(court, court.poet) == by_hand
    court.suspend(court.poet, None)
    suspended(court, case_id, 30)
    court.suspend(court.poet, None)
    short, _ = suspended(court, case_id, 7)
    undo(court, short)
    assert until(court, court.poet) is None, "who was in before comes in"


def test_who_is_suspended_finds_the_way_to_appeal_once_they_proved_who_they_are(court: Court) -> None:
    court.poem(1)
    court.poem(2)
    lifted, _ = suspended(court, court.report(2), 3)
    decision_id, _ = suspended(court, court.report(1), 30)
    undo(court, lifted)
    visitor = court.app.test_client()
    assert visitor.get("/account/suspended").location == "/login"
    log_in = post(visitor, "/login", {"email": court.poet.email, "password": PASSWORD})
    [way] = re.findall(r'href="(/appeal/[^"]+)"', visitor.get(log_in.location).text)
    assert "Because it is so." in visitor.get(way).text
    assert post(visitor, way, {"words": "I wrote it myself."}).status_code == 303
    with court.here():
        appeal = services.decision_about(court.poet.id, decision_id).appeal
        assert appeal is not None and appeal.words == "I wrote it myself."
