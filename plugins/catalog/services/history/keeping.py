"""Whether a listener's history is kept: theirs to say."""

import sqlalchemy as sa

from musicapp.database import insert_for, session, writing
from plugins.catalog.models import Listener
from plugins.catalog.services.history.names import own_key, take_turns
from plugins.catalog.services.persons import Person


def keeps_history(person: Person) -> bool:
    """Whether what somebody hears goes into their history; it does until they say otherwise."""
    return is_kept(person.id)


def is_kept(person_id: int) -> bool:
    kept = session().scalar(sa.select(Listener.keeps_history).where(Listener.user_id == person_id))
    return kept is not False


def change_keeping(person: Person, keeps: bool) -> None:
    """Keep somebody's history from now on, or no longer; what was heard before stays as it is."""
    with writing():
        take_turns(own_key(person.id))
        row = insert_for(Listener).values(user_id=person.id, keeps_history=keeps)
        session().execute(row.on_conflict_do_update(index_elements=["user_id"], set_={"keeps_history": keeps}))
