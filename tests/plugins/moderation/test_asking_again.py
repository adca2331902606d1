"""Claims about decisions that answer no more: what was dismissed or restored, and is looked at again."""

from plugins.moderation import services
from tests.plugins.moderation.court import Court

AGAIN = "You reported the poem “Poem 1”. We look at it again."


def test_reports_of_an_undone_dismissal_wait_again_and_the_case_is_decided_anew(court: Court) -> None:
    poem = court.poem(1)
    case_id = court.report(1) and court.report(1, court.ada)
    dismissed = court.decide(case_id, "dismiss")
    court.report(1, court.mira, "spam")
    with court.here():
        services.undo(court.user(court.jonas), dismissed, "Too soon.")
        [newer, older] = services.my_reports(court.user(court.mira)).rows
        assert (newer.outcome, older.outcome) == ("", "We look at it again."), "each says one thing that waits"
        [hers] = services.my_reports(court.user(court.ada)).rows
        assert hers.outcome == ""
    assert (court.case(case_id).state, court.case(case_id).reports_count) == ("open", 2)
    assert court.told(court.mira, "report_answered")[-1] == AGAIN
    dismissed = court.decide(case_id, "dismiss")
    with court.here():
        services.undo(court.user(court.owner), dismissed, "Too soon.")
    assert (court.case(case_id).state, court.case(case_id).reports_count) == ("open", 2)
    court.decide(case_id, "flag")
    court.report(1)
    restored = court.decide(case_id, "restore")
    with court.here():
        services.undo(court.user(court.owner), restored, "Too soon.")
    assert (poem.marks, court.case(case_id).state) == ({"hidden"}, "open")
    assert court.told(court.mira, "report_answered")[-1] == AGAIN
