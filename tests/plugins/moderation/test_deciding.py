"""Claims about decisions: what each does, that one wins, who may not, and that all can be taken back."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from musicapp.clock import now
from musicapp.database import db
from musicapp.errors import Conflict, Forbidden, Invalid, NotFound, Refused
from plugins.auth.services import give_role, take_role
from plugins.moderation import services
from plugins.moderation.models import Report
from tests.conftest import on_one_database
from tests.people import add_person
from tests.plugins.moderation.court import Court

DOES = {
    "warn": (set(), "You are warned because of your poem “Poem 1”. Because it is so."),
    "label": ({"explicit"}, "We marked your poem “Poem 1” as explicit. Because it is so."),
    "flag": ({"hidden"}, "We hid your poem “Poem 1” from listeners. Because it is so."),
    "remove": ({"removed"}, "We removed your poem “Poem 1”. Because it is so."),
    "dismiss": (set(), "We looked at reports about your poem “Poem 1”: nothing changes. Because it is so."),
}


@on_one_database
def test_each_decision_does_what_it_says_tells_whom_it_concerns_and_can_be_undone(court: Court) -> None:
    told = []
    for action, (marks, sentence) in DOES.items():
        poem = court.poem(1)
        case_id = court.report(1)
        decision_id = court.decide(case_id, action)
        told.append(sentence)
        assert poem.marks == marks, action
        assert court.case(case_id).state == ("closed" if action == "dismiss" else "decided")
        assert court.told(court.poet, "decision") == told
        with court.here():
            services.undo(court.user(court.ada), decision_id, "We were wrong.")
        told.append("We took back a decision about your poem “Poem 1”. We were wrong.")
        state = "open" if action == "dismiss" else "closed"
        assert (poem.marks, court.case(case_id).state, court.case(case_id).in_force) == (set(), state, [])
        assert court.told(court.poet, "decision") == told
        with court.here(), pytest.raises(Conflict, match="Ada was first"):
            services.undo(court.user(court.jonas), decision_id, "Me too.")
    steps = [("moderation.reported", court.mira.id), ("moderation.decided", court.jonas.id)]
    assert court.log(case_id) == [*steps, ("moderation.undone", court.ada.id)] * len(DOES)
    answers = court.told(court.mira, "report_answered")
    assert answers[2:4] == [
        "You reported the poem “Poem 1”. We marked it as explicit.",
        "You reported the poem “Poem 1”. We acted on it, and took that back when we looked again.",
    ]
    with court.here():
        mine = services.my_reports(court.user(court.mira)).rows
        assert len(mine) == len(DOES) and all(one.title == "Poem 1" for one in mine)
        assert [bool(one.outcome) for one in mine] == [False, *[True] * (len(DOES) - 1)], "one waits again"


def test_what_stands_is_what_all_decisions_together_want(court: Court) -> None:
    poem = court.poem(1)
    case_id = court.report(1)
    flagged = court.decide(case_id, "flag")
    court.report(1)
    removed = court.decide(case_id, "remove")
    assert poem.marks == {"hidden", "removed"}
    with court.here():
        services.undo(court.user(court.jonas), flagged, "Not that.")
        assert poem.marks == {"removed"}
        services.undo(court.user(court.jonas), removed, "Nor that.")
    assert poem.marks == set()
    court.report(1)
    court.decide(case_id, "label")
    court.report(1)
    restored = court.decide(case_id, "restore")
    assert (poem.marks, court.case(case_id).state) == (set(), "closed")
    with court.here():
        services.undo(court.user(court.jonas), restored, "It was explicit after all.")
    assert poem.marks == {"explicit"}


def test_of_fifty_decisions_at_once_one_stands_and_the_others_are_told_who_was_first(court: Court) -> None:
    poem = court.poem(1)
    case_id = court.report(1)
    moderators = [court.jonas, court.ada, *(add_person(court.app, f"M{number}", "moderator") for number in range(3))]

    def attempt(number: int) -> str:
        try:
            court.decide(case_id, ("flag", "remove", "warn")[number % 3], moderators[number % 5])
        except Conflict as refused:
            return refused.sentence
        return ""

    with ThreadPoolExecutor(10) as pool:
        sentences = list(pool.map(attempt, range(50)))
    [decision] = court.decisions(case_id)
    first = next(one.name for one in moderators if one.id == decision.decided_by)
    assert sorted(set(sentences)) == ["", f"{first} was first: this case is decided."]
    assert sentences.count("") == 1 and len(poem.done) <= 1 and court.case(case_id).version == 2
    assert len(court.told(court.poet, "decision")) == 1

    def undo(number: int) -> str:
        try:
            with court.here():
                services.undo(court.user(moderators[number % 5]), decision.id, "Too hard.")
        except Conflict as refused:
            return refused.sentence
        return ""

    with ThreadPoolExecutor(10) as pool:
        sentences = list(pool.map(undo, range(20)))
    assert sentences.count("") == 1 and all("was first: this decision is undone" in one for one in sentences if one)
    assert len(court.told(court.poet, "decision")) == 2 and poem.marks == set()


@on_one_database
def test_who_takes_a_case_has_it_for_a_day_and_an_old_version_decides_nothing(court: Court) -> None:
    court.poem(1)
    case_id = court.report(1)
    with court.here():
        jonas, ada = court.user(court.jonas), court.user(court.ada)
        seen = services.case_detail(ada, case_id).row.version
        services.take(jonas, case_id)
        for act in (services.take, services.give_back, lambda who, id: services.decide(who, id, "warn", "So.")):
            with pytest.raises(Conflict, match="Jonas was first"):
                act(ada, case_id)
        services.give_back(jonas, case_id)
        with pytest.raises(Conflict, match="Jonas was first: this case changed"):
            services.decide(ada, case_id, "warn", "So.", version=seen)
        services.take(ada, case_id)
        taken = services.counts(ada), services.counts(jonas)
        assert [(one.open, one.mine, one.appeals, one.overdue) for one in taken] == [(0, 1, 0, 0), (0, 0, 0, 0)]
    court.age(case_id, timedelta(hours=25))
    with court.here():
        services.take(court.user(court.jonas), case_id)
    court.decide(case_id, "warn")
    assert [action for action, _by in court.log(case_id)][1:] == [
        f"moderation.{step}" for step in ("taken", "given_back", "taken", "taken", "decided")
    ]


@on_one_database
def test_nobody_judges_their_own_or_what_they_reported_unless_nobody_else_can(court: Court) -> None:
    court.poem(1, court.jonas)
    case_id = court.report(1)
    with pytest.raises(Forbidden, match="It is yours"):
        court.decide(case_id, "dismiss")
    court.poem(2)
    with pytest.raises(Forbidden, match="You reported it"):
        court.decide(court.report(2, court.jonas))
    assert court.told(court.jonas, "waiting") == []
    with court.here():
        own, another = (services.case_detail(court.user(one), case_id) for one in (court.jonas, court.ada))
        assert (own.reports[0].reporter, own.reports[0].reporter_id, own.log[0].by) == ("", None, "")
        assert (another.reports[0].reporter, another.log[0].by) == ("Mira", "Mira")
        assert own.why_not.startswith("It is yours") and another.why_not == ""
    court.suspend(court.ada, now() + timedelta(days=3))
    with court.app.app_context():
        give_role(court.jonas.id, "admin")
        for one in services.detail.names_of(range(1, 20)):
            if one != court.jonas.id:
                take_role(one, "admin")
    court.decide(case_id, "dismiss")
    assert [one.nobody_else for one in court.decisions(case_id)] == [True]


def test_a_decision_and_what_it_does_are_one_or_nothing(court: Court) -> None:
    poem = court.poem(1)
    case_id = court.report(1)
    poem.stubborn = True
    with pytest.raises(Conflict, match="ink"):
        court.decide(case_id)
    assert court.decisions(case_id) == [] and court.case(case_id).state == "open"
    assert court.told(court.poet, "decision") == [] and len(court.log(case_id)) == 1
    with court.here():
        assert db.session.query(Report).one().decision_id is None
        riddle = services.report(court.user(court.mira), "riddle", 1, "spam").id
        jonas = court.user(court.jonas)
        for action, sentence in (("flag", "cannot be hidden"), ("remove", "cannot be removed"), ("label", "marked")):
            with pytest.raises(Conflict, match=sentence):
                services.decide(jonas, riddle, action, "So.")
        with pytest.raises(Conflict, match="Nobody owns"):
            services.decide(jonas, riddle, "suspend", "So.", days=3)
        with pytest.raises(Conflict, match="Nothing was done"):
            services.decide(jonas, riddle, "restore", "So.")
        for given in (("suspend", "So."), ("burn", "So."), ("warn", " "), ("warn", "x" * 2_001)):
            with pytest.raises(Invalid):
                services.decide(jonas, riddle, *given)
        assert services.case_detail(jonas, riddle).actions == ["dismiss", "warn"]
        with pytest.raises(NotFound):
            services.decide(jonas, 999, "warn", "So.")
        poem.stubborn = False
        poem.marks.add("gone")
        with pytest.raises(Conflict, match="nothing left to flag"):
            services.decide(jonas, case_id, "flag", "So.")
        poem.marks.discard("gone")
        flagged = services.decide(jonas, case_id, "flag", "So.").id
        poem.marks.add("gone")
        services.undo(jonas, flagged, "Not so.")
        assert poem.done[1:] == ["hide"]
    assert court.told(court.poet, "decision") == [
        "We hid your poem “Poem 1” from listeners. So.",
        "We took back a decision about your poem “Poem 1”. Not so.",
    ]


def test_several_cases_are_decided_alike_each_by_itself_and_flagging_by_hand_is_a_case(court: Court) -> None:
    for poem_id in (1, 2, 3):
        court.poem(poem_id, *([court.jonas] if poem_id == 2 else []))
    ids = [court.report(poem_id) for poem_id in (1, 2, 3)]
    with court.here():
        jonas = court.user(court.jonas)
        outcomes = services.decide_many(jonas, [*ids, 999], "flag", "Alike.")
        assert [bool(one.problem) for one in outcomes] == [False, True, False, True]
        by_hand = [
            services.set_flag(jonas, "poem", 4, wish, "Seen.").flagged for wish in (False, True, True, None, None)
        ]
        assert by_hand == [False, True, True, False, True]
        case_id = services.set_flag(jonas, "poem", 4, True, "Seen.").case_id
        assert services.set_flag(jonas, "poem", 5, False, "Seen.").case_id is None
        detail = services.case_detail(jonas, case_id)
        assert [(one.action, one.stands) for one in detail.decisions] == [("flag", False), ("flag", True)]
        assert (detail.row.state, detail.row.reports_count, detail.evidence.state) == ("decided", 0, "hidden")
        with pytest.raises(Refused):
            services.set_flag(jonas, "poem", 2, True, "Mine.")


def test_suspended_owners_are_out_until_the_last_decision_that_says_so(court: Court) -> None:
    court.poem(1)
    court.poem(2, court.poet, court.mira)
    court.poem(3, court.jonas)
    first, second = court.report(1, court.ada), court.report(2, court.ada)
    short = court.decide(first, "suspend", days=3)
    long = court.decide(second, "suspend", days=9)
    ends = {one.id: one.until for case_id in (first, second) for one in court.decisions(case_id)}

    def until(person: object) -> object:
        with court.here():
            return court.user(person).suspended_until  # type: ignore[arg-type]

    assert until(court.poet) == until(court.mira) == ends[long] > ends[short]
    with court.here():
        services.undo(court.user(court.jonas), long, "Too hard.")
    assert (until(court.poet), until(court.mira)) == (ends[short], None)
    court.suspend(court.poet, None)
    court.report(1, court.ada)
    court.decide(first, "warn")
    assert until(court.poet) is None
    court.suspend(court.poet, ends[short])
    by_hand = now() + timedelta(days=30)
    court.suspend(court.poet, by_hand)
    with court.here():
        services.undo(court.user(court.jonas), short, "Too hard.")
    assert until(court.poet) == by_hand
    third = court.report(3, court.mira)
    with court.app.app_context():
        give_role(court.jonas.id, "admin")
    with pytest.raises(Forbidden, match="Only an admin"):
        court.decide(third, "suspend", court.ada, days=3)
