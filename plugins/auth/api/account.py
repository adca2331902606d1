"""One's own account."""

from flask import Response
from flask_login import current_user

from musicapp.api import answer
from musicapp.errors import Invalid
from musicapp.security import signed_in
from plugins.auth import plugin
from plugins.auth.models import User
from plugins.auth.services import passwords, people
from plugins.auth.services.person import Person
from plugins.auth.shapes import AccountChange, AccountShape

SECRET = {"Cache-Control": "no-store"}


@plugin.api.get("/account", permission="member", answer=AccountShape)
def account() -> Response:
    """One's own account."""
    return answer(shape_of(signed_in()))


@plugin.api.patch("/account", permission="member", body=AccountChange, answer=AccountShape)
def change_account(body: AccountChange) -> Response:
    """Change one's name, or, with the present one, the password; a new password ends all other sign-ins."""
    if (body.current_password is None) != (body.new_password is None):
        missing = "new_password" if body.new_password is None else "current_password"
        raise Invalid("A new password needs the present one.", {missing: ["This is needed."]})
    if body.name is not None:
        people.checked_name(body.name)
    if body.current_password is not None and body.new_password is not None:
        sign_in_id = current_user.sign_in_id
        passwords.change_password(current_user.id, body.current_password, body.new_password, sign_in_id=sign_in_id)
    if body.name is not None:
        people.rename(current_user.id, body.name)
    return answer(shape_of(current_user.user), "Saved.", headers=SECRET)


def shape_of(user: User | Person) -> AccountShape:
    return AccountShape(
        id=user.id,
        name=user.name,
        email=user.email,
        roles=sorted(user.role_names),
        created_at=user.created_at,
        last_seen_at=user.last_seen_at,
    )
