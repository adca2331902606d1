"""Forgetting invitations that name people for nothing."""

from datetime import datetime, timedelta

import sqlalchemy as sa

from musicapp.database import UNSYNCED, writing
from plugins.auth.models import Invitation

KEPT_UNUSED = timedelta(days=90)


def forget_unused(at: datetime) -> None:
    """Delete the invitations that ended long ago and brought nobody."""
    unused = sa.and_(Invitation.used == 0, Invitation.expires_at < at - KEPT_UNUSED)
    with writing() as unit:
        unit.execute(sa.delete(Invitation).where(unused), execution_options=UNSYNCED)
