"""A person as evidence: since when they are here and as what; never their address."""

import sqlalchemy as sa

from musicapp.addresses import url_of
from musicapp.audit.models import Act
from musicapp.clock import now
from musicapp.database import session
from musicapp.evidence import Evidence, Fact, facts_about
from plugins.auth.models import User

SUSPENDED = "auth.suspended"


def person_evidence(person_id: int) -> Evidence | None:
    """An account with what helps to judge it; None once it is gone."""
    user = session().get(User, person_id)
    if user is None:
        return None
    facts: dict[str, Fact] = {
        "Here since": user.created_at.date().isoformat(),
        "Roles": ", ".join(sorted(user.role_names)),
        "Suspended before": times_suspended(person_id),
    }
    if user.last_seen_at is not None:
        facts["Last seen"] = user.last_seen_at.date().isoformat()
    if user.suspended_until is not None and user.suspended_until > now():
        facts["Suspended until"] = user.suspended_until.date().isoformat()
    return Evidence(
        title=user.name,
        url=url_of("auth.person", person_id=person_id),
        owner_ids=frozenset([person_id]),
        facts={**facts, **facts_about("user", person_id)},
        published_at=user.created_at,
    )


def times_suspended(person_id: int) -> int:
    """How often the account was suspended, as the log has it."""
    about = sa.and_(Act.about_kind == "person", Act.about_id == person_id, Act.action == SUSPENDED)
    return session().scalar(sa.select(sa.func.count()).select_from(Act).where(about)) or 0


def is_here(person_id: int) -> bool:
    """Whether somebody has an account that others meet: one that is neither waiting nor on its way out."""
    met = sa.and_(User.id == person_id, User.active, User.waits_since.is_(None))
    return session().scalar(sa.select(User.id).where(met)) is not None
