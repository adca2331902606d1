"""Adding to the audit log, in the same transaction as what it tells of."""

from typing import Any

from musicapp.audit.models import Act
from musicapp.database import session
from musicapp.security import signed_in

SIGNED_IN = -1


def record(
    action: str,
    *,
    about: tuple[str, int] | None = None,
    title: str = "",
    reason: str = "",
    by: int | None = SIGNED_IN,
    **details: Any,
) -> None:
    """Add to the log what is done here, inside `writing()`.

    `action` is the owner and a verb in the past tense, as `auth.role_given`; `about` is the kind and the id of what it
    is done to, as `("person", 7)`; `details` are what else somebody would ask later, as JSON. It was who is signed in
    unless `by` says otherwise; None is the site itself. Never a secret, never the name or address of a person.
    """
    kind, about_id = about or ("", None)
    session().add(
        Act(
            action=action,
            by_id=who_asks() if by == SIGNED_IN else by,
            about_kind=kind,
            about_id=about_id,
            title=title,
            reason=reason,
            details=details,
        )
    )


def who_asks() -> int | None:
    """The id of who is signed in; None in a job or a command."""
    person = signed_in()
    return None if person is None else person.id
