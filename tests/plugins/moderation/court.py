"""What tests of moderation do again and again: a poem with its poet, reports about it, and decisions."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from flask import Flask

from musicapp.audit.models import Act
from musicapp.database import db, writing
from plugins.auth.models import User
from plugins.auth.services import people_with_role
from plugins.inbox.models import Alert
from plugins.moderation import services
from plugins.moderation.models import Case, Decision, Report
from plugins.moderation.services.weighing import weigh
from tests.people import Somebody
from tests.plugins.moderation.poems import Poem


@dataclass
class Court:
    """A site with poems and its people: who wrote them, who judges, who reads."""

    app: Flask
    poet: Somebody
    jonas: Somebody
    ada: Somebody
    mira: Somebody

    @property
    def owner(self) -> Somebody:
        """Who runs the site."""
        with self.app.app_context():
            [admin_id] = people_with_role("admin", 0, 2)
            user = db.session.get_one(User, admin_id)
            return Somebody(user.id, user.name, user.email)

    @contextmanager
    def here(self) -> Iterator[None]:
        """Within a request, as services are asked by pages; nobody is signed in."""
        with self.app.test_request_context():
            yield

    def poem(self, poem_id: int, *owners: Somebody, **facts: Any) -> Poem:
        """A poem of the poet, or of others."""
        owner_ids = frozenset(owner.id for owner in owners or (self.poet,))
        poem = Poem(owner_ids=owner_ids, **facts)
        self.app.extensions.setdefault("poems", {})[poem_id] = poem
        return poem

    def user(self, person: Somebody) -> Any:
        """Somebody as services take them."""
        return db.session.get_one(User, person.id)

    def report(self, poem_id: int, by: Somebody | None = None, category: str = "rights", words: str = "") -> int:
        """Report a poem as Mira or as somebody else; answers the case."""
        with self.here():
            return services.report(self.user(by or self.mira), "poem", poem_id, category, words).id

    def decide(self, case_id: int, action: Any = "flag", by: Somebody | None = None, **more: Any) -> int:
        """Decide a case as Jonas or as somebody else; answers the decision."""
        with self.here():
            return services.decide(self.user(by or self.jonas), case_id, action, "Because it is so.", **more).id

    def case(self, case_id: int) -> Case:
        """The case as it stands in the database now."""
        with self.here():
            return db.session.get_one(Case, case_id)

    def decisions(self, case_id: int) -> list[Decision]:
        """All decisions about a case."""
        with self.here():
            return list(db.session.scalars(sa.select(Decision).where(Decision.case_id == case_id)))

    def log(self, case_id: int) -> list[tuple[str, int | None]]:
        """What the audit log says of a case: what was done, and by whom."""
        with self.here():
            mine = sa.and_(Act.about_kind == "case", Act.about_id == case_id)
            return [(act.action, act.by_id) for act in db.session.scalars(sa.select(Act).where(mine).order_by(Act.id))]

    def told(self, person: Somebody, kind: str) -> list[str]:
        """What somebody was told of a kind, the oldest first."""
        with self.here():
            theirs = sa.and_(Alert.user_id == person.id, Alert.kind == f"moderation.{kind}")
            return list(db.session.scalars(sa.select(Alert.text).where(theirs).order_by(Alert.id)))

    def suspend(self, person: Somebody, until: Any) -> None:
        """Keep somebody out, as an admin does by hand."""
        with self.here(), writing():
            self.user(person).suspended_until = until

    def weigh(self, case_id: int) -> None:
        """Give a case that was made older its place in the queue anew."""
        with self.here(), writing():
            weigh(db.session.get_one(Case, case_id))

    def age(self, case_id: int, by: Any) -> None:
        """Let whatever happened to a case, its reports and its decisions have happened so much earlier."""
        with self.here(), writing():
            for table, of in ((Case, Case.id), (Report, Report.case_id), (Decision, Decision.case_id)):
                for row in db.session.scalars(sa.select(table).where(of == case_id)):
                    for name in ("opened_at", "waiting_since", "taken_at", "made_at", "decided_at"):
                        if getattr(row, name, None) is not None:
                            setattr(row, name, getattr(row, name) - by)
