"""The demo: some reports of the people who listen there, one of them decided, so that there is something to judge."""

from dataclasses import dataclass
from datetime import timedelta

import sqlalchemy as sa

from musicapp.clock import now
from musicapp.database import session, writing
from musicapp.errors import NotFound
from musicapp.jobs import enqueue
from plugins.auth.services import add_demo_person
from plugins.moderation.models import Case, Report
from plugins.moderation.services.deciding import decide
from plugins.moderation.services.reporting import report
from plugins.moderation.services.subjects import subjects
from plugins.moderation.services.weighing import weigh
from plugins.moderation.services.words import Category

SOON = timedelta(seconds=40)
HIGHEST_ID = 60


@dataclass(frozen=True)
class Said:
    """A report of the demo, made so many hours ago by somebody of the demo's listeners."""

    by: str
    kind: str
    title: str
    category: Category
    words: str
    hours_ago: int
    at_s: float | None = None


SAID = (
    Said("Tess", "song", "Depot Lights", "rights", "The horn loop is from a record that I have at home.", 60, 18.0),
    Said("Wren", "song", "Depot Lights", "rights", "The same loop opens an old library record.", 31, 18.0),
    Said("Harun", "song", "Puddle Dub", "broken", "It crackles from here to the end, on two machines.", 20, 30.0),
    Said("Ines", "album", "Last Service", "data", "The second song was out years before 2025.", 9),
    Said("Mira", "song", "Gate Left Open", "explicit", "I heard nothing that my children may not hear, but asked.", 90),
)
DECIDED = ("song", "Gate Left Open", "We listened twice: there is a gate in it, and swallows. It stays as it is.")


def load_demo() -> None:
    """Ask for the demo's reports as soon as its songs are ready."""
    with writing():
        enqueue("moderation.load_demo", {}, key="once", run_after=now() + SOON)


def make_demo_reports() -> None:
    """Make the demo's reports, unless there is any case; raises NotFound while a song is not ready."""
    if session().scalar(sa.select(Case.id).limit(1)) is not None:
        return
    moderator = add_demo_person("Moderator", "moderator@example.org", "moderator")
    found = {(said.kind, said.title): thing_called(said.kind, said.title) for said in SAID}
    with writing():
        cases = {}
        for said in SAID:
            thing = (said.kind, said.title)
            person = add_demo_person(said.by, f"{said.by.lower()}@example.org", "user")
            case = report(person, said.kind, found[thing], said.category, said.words, at_s=said.at_s)
            cases[thing] = case
            make_older(case, said, person.id)
        decide(moderator, cases[DECIDED[:2]].id, "dismiss", DECIDED[2])


def make_older(case: Case, said: Said, reporter_id: int) -> None:
    """Let a report have been made when the demo says, inside `writing()`."""
    at = now() - timedelta(hours=said.hours_ago)
    theirs = sa.and_(Report.case_id == case.id, Report.reporter_id == reporter_id)
    session().execute(sa.update(Report).where(theirs).values(made_at=at))
    case.opened_at = min(case.opened_at, at)
    case.waiting_since = case.opened_at
    weigh(case)


def thing_called(kind: str, title: str) -> int:
    """The id of a thing of the demo by its title; raises NotFound while it is not to be seen."""
    subject = subjects().get(kind)
    for subject_id in range(1, HIGHEST_ID):
        found = subject.call(subject_id) if subject else None
        if found is not None and found.title == title and subject is not None and subject.seen_by(None, subject_id):
            return subject_id
    raise NotFound("The music of the demo is not ready yet.")
