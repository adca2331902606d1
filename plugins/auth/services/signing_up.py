"""Signing up: by oneself, with an approval, or by invitation, as the site's owner chose."""

from dataclasses import dataclass

from musicapp import throttle
from musicapp.database import writing
from musicapp.errors import Conflict, Invalid
from plugins.auth.models import Invitation, User
from plugins.auth.services import limits, passwords
from plugins.auth.services.entering import Visit
from plugins.auth.services.invitations.using import note_use, open_invitation, refuse_other_address, take_place
from plugins.auth.services.letters import confirms_addresses, post_letter
from plugins.auth.services.people import add_person, checked_address, checked_name
from plugins.auth.settings import auth_settings

BY_INVITATION = "This site takes new people by invitation. Open the link that you were given."
CONFIRM = "We sent you a mail. Open the link in it to confirm your address, then log in."
CONFIRM_AND_WAIT = (
    "We sent you a mail. Open the link in it to confirm your address; then the people who run the site look at your "
    "account, and write to you."
)
WAIT = "Your account waits until the people who run the site have looked at it. Try to log in later."


@dataclass(frozen=True)
class Newcomer:
    """What somebody says who signs up; an `invitation`'s role counts before theirs."""

    name: str
    address: str
    password: str
    role: str
    invitation: str = ""


@dataclass(frozen=True)
class SignedUp:
    """The account that can be entered at once, or None and the sentence that says what comes before that."""

    person: User | None
    sentence: str


def sign_up(asked: Newcomer, visit: Visit) -> SignedUp:
    """Make an account, as far as the site lets people come.

    With mail, an address that is known gets the same answer and a letter that says so, and an invitation loses a place
    by either. Without mail the answer cannot hide it: raises Conflict. Raises Invalid by field, TooOften.
    """
    name, address = checked_name(asked.name), checked_address(asked.address)
    invitation = invitation_for(asked.invitation, address)
    passwords.refuse_weak(asked.password, name, address)
    waits = invitation is None and auth_settings().newcomers == "approval"
    role = invitation.role if invitation else asked.role
    by_mail = confirms_addresses()
    mails = limits.mail_to(address, visit.address) if by_mail else []
    throttle.spend([*limits.sign_up_by(visit.address), *mails])
    password_hash = passwords.hashed(asked.password)
    if by_mail:
        sign_up_by_mail(name, address, password_hash, role, invitation, waits=waits)
        return SignedUp(None, CONFIRM_AND_WAIT if waits else CONFIRM)
    with writing():
        user = add_newcomer(name, address, password_hash, role, invitation, confirmed=True, waits=waits)
    return SignedUp(None, WAIT) if waits else SignedUp(user, f"Welcome, {user.name}.")


def invitation_for(code: str, address: str) -> Invitation | None:
    """The invitation that somebody brings, or None where they need none. Raises Invalid."""
    if code:
        invitation = open_invitation(code)
        refuse_other_address(invitation, address)
        return invitation
    if auth_settings().newcomers == "invitation":
        raise Invalid(BY_INVITATION, {"invitation": [BY_INVITATION]})
    return None


def sign_up_by_mail(
    name: str, address: str, password_hash: str, role: str, invitation: Invitation | None, *, waits: bool
) -> None:
    try:
        with writing():
            add_newcomer(name, address, password_hash, role, invitation, confirmed=False, waits=waits)
            post_letter("confirm", address)
    except Conflict:
        with writing():
            if invitation:
                take_place(invitation)
            post_letter("known_address", address)


def add_newcomer(
    name: str,
    address: str,
    password_hash: str,
    role: str,
    invitation: Invitation | None,
    *,
    confirmed: bool,
    waits: bool,
) -> User:
    """The account, and the place of the invitation that it takes."""
    if invitation:
        take_place(invitation)
    user = add_person(name, address, password_hash, role, confirmed=confirmed, waits=waits)
    if invitation:
        note_use(invitation, user.id)
    return user
