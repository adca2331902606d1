"""What admins are told of accounts that wait for them; it goes with the account, because it names somebody."""

import sqlalchemy as sa

from musicapp.database import UNSYNCED, one_at_a_time, writing
from musicapp.mail.services import forget_mails
from plugins.auth.services import names_of, people_with_role
from plugins.inbox.models import OF_WAITING, Alert
from plugins.inbox.services.telling import MAIL, mail_key, tell

MOST_ADMINS = 200


def tell_of_waiting(person_id: int) -> None:
    """Tell the admins that somebody waits for them, unless the account is gone by now."""
    with writing():
        one_at_a_time(key_of(person_id))
        name = names_of([person_id]).get(person_id)
        if name is not None:
            admins, text = people_with_role("admin", 0, MOST_ADMINS), f"{name} asks for an account."
            tell(admins, "inbox.waiting", key=key_of(person_id), text=text, url="/people?held=waiting")


def forget_waiting(person_id: int) -> None:
    """Take away what admins were told of an account that is gone, and the mails that said it."""
    with writing() as unit:
        one_at_a_time(key_of(person_id))
        told = sa.delete(Alert).where(OF_WAITING, Alert.key == key_of(person_id))
        gone = unit.execute(told.returning(Alert.id, Alert.created_at), execution_options=UNSYNCED)
        forget_mails(MAIL, [mail_key(alert_id, made_at) for alert_id, made_at in gone])


def key_of(person_id: int) -> str:
    return f"waits-{person_id}"
