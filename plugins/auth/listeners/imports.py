"""People as a sheet that comes in: each new address gets an account and an invitation."""

from collections.abc import Sequence
from typing import Any

from musicapp.sheets.plans import Change, Row
from plugins.auth import plugin
from plugins.auth.services import inviting, uninviting


def invite(admin_id: int, subject_id: int, change: Change) -> dict[str, Any]:
    """Make the account of a row, and post its invitation."""
    said = change.payload
    user = inviting.invite(said["name"], said["email"], said["role"])
    return {"person_id": user.id}


def uninvite(admin_id: int, subject_id: int, change: Change, made: dict[str, Any]) -> None:
    """Take an invitation back that nobody used."""
    said = change.payload
    uninviting.uninvite(admin_id, made["person_id"], said["name"], said["email"], said["role"])


@plugin.contributes(
    "reports.import",
    name="auth.people",
    title="People",
    words="Invite people: each gets an account, and a mail with a link by which they choose a password.",
    columns=inviting.COLUMNS,
    apply=invite,
    undo=uninvite,
    scope="admin",
    right="site.admin",
    needed=["name", "email"],
)
def whom_to_invite(admin_id: int, subject_id: int, rows: Sequence[Row]) -> list[Change]:
    """Whom the rows of a sheet would invite."""
    return inviting.plan_invitations(rows)
