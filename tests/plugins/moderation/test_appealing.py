"""Claims about appeals: who may, until when, who answers, and by the link in the mail without a log-in."""

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from musicapp.appeals import kept_when_removed
from musicapp.clock import now
from musicapp.database import db
from musicapp.errors import Conflict, Forbidden, NotFound
from musicapp.mail.letters import write_letter
from plugins.auth.services import suspend, take_role
from plugins.inbox.models import Alert
from plugins.moderation import services
from plugins.moderation.models import Decision
from tests.conftest import on_one_database
from tests.people import add_person
from tests.plugins.moderation.court import Court

ALREADY = "There is an appeal against this decision already; there is one for each."


def letters(court: Court, poet_id: int) -> list[str]:
    """The mails that somebody's alerts about decisions become, the oldest first."""
    with court.app.app_context():
        theirs = db.session.query(Alert).filter_by(user_id=poet_id, kind="moderation.decision").order_by(Alert.id)
        written = [write_letter("inbox.alert", {"alert_id": alert.id}) for alert in theirs]
    return [letter.text for letter in written if letter]


def test_an_appeal_is_answered_by_another_moderator_once(court: Court) -> None:
    poem = court.poem(1)
    case_id = court.report(1)
    decision_id = court.decide(case_id, "flag")
    with court.here():
        jonas, ada, mira = (court.user(one) for one in (court.jonas, court.ada, court.mira))
        with pytest.raises(NotFound):
            services.appeal(mira.id, decision_id, "I want it back.")
        services.appeal(court.poet.id, decision_id, "I wrote it myself.")
        with pytest.raises(Conflict, match="already"):
            services.appeal(court.poet.id, decision_id, "Again.")
        detail = services.case_detail(jonas, case_id)
        assert (detail.row.state, detail.appealed.id, detail.appealed.appeal.words) == (  # type: ignore[union-attr]
            "appealed",
            decision_id,
            "I wrote it myself.",
        )
        assert "another moderator answers" in detail.why_not and services.case_detail(ada, case_id).why_not == ""
        for act in (
            lambda: services.take(jonas, case_id),
            lambda: services.answer_appeal(jonas, decision_id, True, "No."),
        ):
            with pytest.raises(Forbidden, match="another moderator answers"):
                act()
        with pytest.raises(Conflict, match="An appeal waits"):
            services.decide(ada, case_id, "dismiss", "So.")
        services.take(ada, case_id)
        services.answer_appeal(ada, decision_id, False, "So it is.")
        with pytest.raises(Conflict, match="Ada was first"):
            services.answer_appeal(ada, decision_id, True, "No.")
        [mine] = services.decisions_about(court.user(court.poet)).rows
        assert (mine.appeal.upheld, mine.appeal.answer, mine.undone_reason) == (False, "So it is.", "So it is.")  # type: ignore[union-attr]
        assert mine.why_no_appeal == "This decision was taken back already."
    assert poem.marks == set() and court.case(case_id).state == "closed"
    assert court.told(court.jonas, "appeal") == []
    assert court.told(court.ada, "appeal") == ["An appeal waits: poem “Poem 1”."]
    assert court.told(court.poet, "decision")[1:] == [
        "We looked again at your poem “Poem 1”: the decision is taken back. So it is."
    ]
    assert [action for action, _by in court.log(case_id)][2:] == [
        "moderation.appealed",
        "moderation.taken",
        "moderation.answered",
    ]


@on_one_database
def test_what_stands_after_an_appeal_stays_and_new_reports_wait_on(court: Court) -> None:
    poem = court.poem(1)
    case_id = court.report(1) and court.report(1, court.ada)
    decision_id = court.decide(case_id, "remove")
    with court.here():
        services.appeal(court.poet.id, decision_id, "I wrote it myself.")
    court.report(1, court.mira, "spam")
    assert court.case(case_id).state == "appealed"
    with court.here():
        with pytest.raises(Forbidden, match="You reported it"):
            services.answer_appeal(court.user(court.ada), decision_id, True, "You did not.")
        services.answer_appeal(court.user(court.owner), decision_id, True, "You did not.")
    assert (poem.marks, court.case(case_id).state, court.case(case_id).reports_count) == ({"removed"}, "open", 1)
    late = court.decide(case_id, "warn")
    court.age(case_id, timedelta(days=15))
    with court.here(), pytest.raises(Conflict, match="within 14 days"):
        services.appeal(court.poet.id, late, "Too late?")
    nothing = court.report(1) and court.decide(case_id, "dismiss")
    with court.here(), pytest.raises(Conflict, match="Nothing was decided against you"):
        services.appeal(court.poet.id, nothing, "Why?")


def test_of_many_answers_to_an_appeal_one_counts_and_none_comes_from_whose_thing_it_is(court: Court) -> None:
    court.poem(1, court.ada)
    case_id = court.report(1)
    decision_id = court.decide(case_id, "warn")
    helpers = [court.owner, *(add_person(court.app, f"M{number}", "moderator") for number in range(3))]

    def try_to(number: int) -> str:
        try:
            with court.here():
                if number < 10:
                    services.appeal(court.ada.id, decision_id, "It was a joke.")
                else:
                    services.answer_appeal(court.user(helpers[number % 4]), decision_id, True, "No joke.")
        except Conflict as refused:
            return refused.sentence
        return ""

    with ThreadPoolExecutor(10) as pool:
        assert sorted(set(pool.map(try_to, range(10)))) == ["", ALREADY]
        with court.here(), pytest.raises(Forbidden, match="It is yours, so another moderator"):
            services.answer_appeal(court.user(court.ada), decision_id, False, "My own.")
        sentences = list(pool.map(try_to, range(10, 30)))
    assert sentences.count("") == 1 and all("was first: this appeal is" in one for one in sentences if one)
    steps = [action for action, _by in court.log(case_id)]
    assert [steps.count(f"moderation.{step}") for step in ("appealed", "answered")] == [1, 1]


@on_one_database
def test_what_was_removed_is_kept_for_as_long_as_any_appeal_waits(court: Court) -> None:
    court.poem(1)
    case_id = court.report(1)
    decision_id = court.decide(case_id, "remove")
    with court.here():
        shortest = kept_when_removed(1)
        assert shortest.days == 16
        services.appeal(court.poet.id, decision_id, "I wrote it myself.")
        assert kept_when_removed(1) == shortest
    court.age(case_id, timedelta(days=200))
    with court.here():
        assert kept_when_removed(90) > now() - db.session.get_one(Decision, decision_id).decided_at
        services.answer_appeal(court.user(court.ada), decision_id, True, "You did not.")
        assert kept_when_removed(1) == shortest


@on_one_database
def test_who_is_suspended_appeals_by_the_link_in_the_mail(court: Court) -> None:
    court.poem(1)
    decision_id = court.decide(court.report(1), "suspend", days=7)
    [text] = letters(court, court.poet.id)
    assert "You cannot log in until" in text and "Because it is so." in text and "Mira" not in text
    assert "because it is about a decision on what is yours" in text
    [token] = re.findall(r"http://\S+/(\S+)", text.split("If you think")[1])[:1]
    with court.here():
        assert services.concern_of_token(token) == (court.poet.id, decision_id)
        for wrong in (token[:-2], services.appeal_token(court.mira.id, decision_id), "x"):
            with pytest.raises(NotFound):
                services.concern_of_token(wrong)
        assert services.decision_about(court.poet.id, decision_id).why_no_appeal == ""
        services.appeal(court.poet.id, decision_id, "It was a joke.")
        services.undo(court.user(court.jonas), decision_id, "So it was.")
        assert court.user(court.poet).suspended_until is None
    assert "Appeal, without" not in "".join(letters(court, court.poet.id))
    assert "took back" in letters(court, court.poet.id)[1]


@on_one_database
def test_the_only_moderator_is_told_what_to_do_about_an_appeal(court: Court) -> None:
    court.poem(1)
    decision_id = court.decide(court.report(1), "flag", by=court.owner)
    with court.here():
        services.appeal(court.poet.id, decision_id, "Please.")
        only = court.user(court.owner)
        with pytest.raises(Forbidden, match="so another moderator answers"):
            services.answer_appeal(only, decision_id, False, "Well.")
        take_role(court.ada.id, "moderator")
        suspend(court.jonas.id, now() + timedelta(days=1))
        with pytest.raises(Forbidden, match="Make somebody a moderator who does, or undo"):
            services.answer_appeal(only, decision_id, False, "Well.")
        services.undo(only, decision_id, "Well.")
        [mine] = services.decisions_about(court.user(court.poet)).rows
        assert mine.appeal is not None and mine.appeal.upheld is False


@on_one_database
def test_who_owned_a_thing_when_it_was_decided_judges_it_no_more_after_leaving_it(court: Court) -> None:
    poem = court.poem(1, court.poet, court.ada)
    case_id = court.report(1)
    decision_id = court.decide(case_id, "flag")
    poem.owner_ids = frozenset({court.poet.id})
    court.report(1, court.owner)
    with court.here():
        ada = court.user(court.ada)
        detail = services.case_detail(ada, case_id)
        assert {one.reporter for one in detail.reports} == {""} and detail.why_not.startswith("It was yours")
        for act in (
            lambda: services.take(ada, case_id),
            lambda: services.decide(ada, case_id, "dismiss", "Fine."),
            lambda: services.undo(ada, decision_id, "Fine."),
        ):
            with pytest.raises(Forbidden, match="It was yours"):
                act()
        services.appeal(ada.id, decision_id, "Please.")
        with pytest.raises(Forbidden, match="It was yours"):
            services.answer_appeal(ada, decision_id, False, "Fine.")
