"""Letters to those whom a decision concerns: what was decided and why, and a way to appeal that needs no log-in."""

from musicapp.blocks import Block, Section, Words
from musicapp.clock import now
from musicapp.database import session
from musicapp.pages import day
from plugins.moderation.links import appeal_by_mail_url
from plugins.moderation.models import Appeal, Case, Decision
from plugins.moderation.services.appeal_links import appeal_token
from plugins.moderation.services.appealing import appeal_of, appeal_until, why_no_appeal
from plugins.moderation.services.suspensions import concerned_by
from plugins.moderation.services.telling import DECISION, said_of, said_of_answer, said_of_undoing, thing_of


def letter_about(person_id: int, key: str) -> tuple[str, list[Section]] | None:
    """The mail behind an alert about a decision: its subject and sections; None where it concerns them no longer."""
    what, _, number = key.removeprefix(f"{DECISION}-").partition("-")
    decision = session().get(Decision, int(number))
    if decision is None or person_id not in concerned_by(decision.id):
        return None
    case = session().get_one(Case, decision.case_id)
    said = appeal_of(decision.id)
    if what == "decided":
        return f"A decision about {thing_of(case)}", decided(person_id, case, decision, said)
    url = appeal_by_mail_url(appeal_token(person_id, decision.id))
    if what == "answered" and said is not None:
        blocks: list[Block] = [Words(said_of_answer(case, said)), Words(said.answer, url, "Read it on the site")]
        return f"Your appeal about {thing_of(case)}", [Section("", blocks)]
    blocks = [Words(said_of_undoing(case)), Words(decision.undone_reason, url, "Read it on the site")]
    return f"A decision about {thing_of(case)} was taken back", [Section("", blocks)]


def decided(person_id: int, case: Case, decision: Decision, said: Appeal | None) -> list[Section]:
    """What was decided, the reason, and how to appeal as long as that is possible."""
    sections = [Section("", [Words(said_of(case, decision))]), Section("The reason", [Words(decision.reason)])]
    if not why_no_appeal(decision, said, now()):
        sections.append(Section("If you think that this is wrong", way_to_appeal(person_id, decision)))
    return sections


def way_to_appeal(person_id: int, decision: Decision) -> list[Block]:
    until = day(appeal_until(decision))
    text = f"Tell us until {until}. Another moderator than the one who decided will look at it."
    return [Words(text, appeal_by_mail_url(appeal_token(person_id, decision.id)), "Appeal, without logging in")]
