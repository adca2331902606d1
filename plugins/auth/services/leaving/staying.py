"""Taking the deletion of one's account back, as long as nothing is erased."""

import sqlalchemy as sa

from musicapp import audit, emit
from musicapp.clock import now
from musicapp.database import session
from musicapp.errors import Forbidden
from plugins.auth.events import PersonStayed
from plugins.auth.models import Leaving, User
from plugins.auth.services.leaving.standing import IsLeaving

OVER = "This account was deleted, and its time is over: what is in it is being erased."


def let_in(user: User, stamp: str, *, stays: bool) -> None:
    """Let somebody come in whose account is not closed, inside `writing()`; with `stays`, open a closed one again.

    Raises IsLeaving for who did not say that they stay, Forbidden once the account may be erased any moment.
    """
    query = sa.select(Leaving.erase_at).where(Leaving.user_id == user.id).with_for_update()
    erase_at = session().scalar(query)
    if erase_at is None:
        return
    if erase_at <= now():
        raise Forbidden(OVER)
    if not stays:
        raise IsLeaving(user.id, stamp, erase_at)
    session().execute(sa.delete(Leaving).where(Leaving.user_id == user.id))
    user.active = True
    audit.record("auth.deletion_taken_back", about=("person", user.id), by=user.id)
    emit(PersonStayed(user.id))
