"""How often something may be tried here: a purse for each thing, by or for whom it is counted."""

from datetime import timedelta

from musicapp.throttle import Purse, network_of
from plugins.auth.settings import auth_settings

QUARTER_HOUR = timedelta(minutes=15)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


def log_in_by(address: str, came_from: str, device_key: str) -> list[Purse]:
    """The purses of a log-in: the account's (or this known device's own, so that strangers cannot lock it out), and
    the network address's."""
    settings = auth_settings()
    whose = f"device {device_key} {address}" if device_key else address
    return [
        Purse("auth.log in", whose, settings.log_in_tries, QUARTER_HOUR),
        Purse("auth.log in from", network_of(came_from), settings.address_tries, QUARTER_HOUR),
    ]


def sign_up_by(came_from: str) -> list[Purse]:
    return [Purse("auth.sign up from", network_of(came_from), auth_settings().sign_ups, HOUR)]


def mail_to(address: str, came_from: str) -> list[Purse]:
    settings = auth_settings()
    return [
        Purse("auth.mail to", address, settings.mails, HOUR),
        Purse("auth.mail asked from", network_of(came_from), settings.address_mails, HOUR),
    ]


def password_of(person_id: int) -> Purse:
    return Purse("auth.password of", str(person_id), auth_settings().log_in_tries, QUARTER_HOUR)


def data_copies_of(person_id: int) -> Purse:
    return Purse("auth.data copies of", str(person_id), auth_settings().copies_a_day, DAY)


def code_of(person_id: int) -> Purse:
    """Tries of the second factor's codes, in all browsers together."""
    return Purse("auth.code of", str(person_id), auth_settings().log_in_tries, QUARTER_HOUR)


def set_up_from(came_from: str) -> Purse:
    """Tries of the set-up code."""
    return Purse("auth.set up from", network_of(came_from), auth_settings().address_tries, QUARTER_HOUR)
