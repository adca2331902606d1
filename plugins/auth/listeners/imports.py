"""People as a sheet that comes in: each new address gets an account and an invitation."""

from collections.abc import Sequence

from musicapp.sheets.plans import Change, Row
from plugins.auth import plugin
from plugins.auth.services import inviting


def invite(admin_id: int, subject_id: int, change: Change) -> None:
    """Make the account of a row, and post its invitation."""
    said = change.payload
    inviting.invite(said["name"], said["email"], said["role"])


@plugin.contributes(
    "reports.import",
    name="auth.people",
    title="People",
    words="Invite people: each gets an account, and a mail with a link by which they choose a password.",
    columns=inviting.COLUMNS,
    apply=invite,
    scope="admin",
    right="site.admin",
    needed=["name", "email"],
)
def whom_to_invite(admin_id: int, subject_id: int, rows: Sequence[Row]) -> list[Change]:
    """Whom the rows of a sheet would invite."""
    return inviting.plan_invitations(rows)
