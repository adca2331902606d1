"""Claims about what stands behind a thing that was hidden or marked."""

from plugins.moderation import services
from plugins.moderation.services.behind import decision_behind
from tests.conftest import on_one_database
from tests.plugins.moderation.court import Court


@on_one_database
def test_the_owner_is_led_to_what_hid_it_whatever_was_decided_since(court: Court) -> None:
    court.poem(1)
    case_id = court.report(1)
    flagged = court.decide(case_id, "flag")
    for action in ("dismiss", "warn"):
        court.report(1)
        court.decide(case_id, action)
    with court.here():
        assert decision_behind(court.user(court.poet), "poem", 1) == flagged
        services.undo(court.user(court.jonas), flagged, "Not so.")
        assert decision_behind(court.user(court.poet), "poem", 1) is None
