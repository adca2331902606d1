"""Accounts for programs: the same services as the pages, as JSON."""

from flask import Response, url_for
from flask_login import current_user

from musicapp.api import answer
from musicapp.errors import Invalid
from musicapp.security import signed_in
from plugins.auth import plugin
from plugins.auth.browser import end_session, this_visit
from plugins.auth.models import SignIn, User
from plugins.auth.services import entering, passwords, people, sign_ins, tokens
from plugins.auth.services.person import Person
from plugins.auth.shapes import (
    AccountChange,
    AccountShape,
    EnteredShape,
    LogInBody,
    NewTokenShape,
    SignUpBody,
    TokenBody,
    TokenShape,
)

SECRET = {"Cache-Control": "no-store"}


@plugin.api.post("/signup", permission="public", body=SignUpBody, answer=AccountShape)
def sign_up(body: SignUpBody) -> Response:
    """Make an account; 202 where it must first be confirmed by a mail."""
    user = entering.sign_up(body.name, body.email, body.password, body.role, this_visit())
    if user is None:
        return answer(None, "We sent a mail. Open the link in it to confirm the address.", 202, headers=SECRET)
    location = url_for("auth.api.account")
    return answer(shape_of(user), f"Welcome, {user.name}.", 201, location=location, headers=SECRET)


@plugin.api.post("/login", permission="public", body=LogInBody, answer=EnteredShape)
def log_in(body: LogInBody) -> Response:
    """A token for this account; send it as `Authorization: Bearer` or `Authentication-Token`."""
    entered = entering.log_in(body.email, body.password, "token", this_visit())
    token = tokens.token_of(entered.sign_in_id)
    shape = EnteredShape(token=token, expires_at=entered.expires_at, user=shape_of(entered.person))
    return answer(shape, f"Welcome, {entered.person.name}.", headers=SECRET)


@plugin.api.post("/logout", permission="member")
def log_out() -> Response:
    """End the sign-in that this call was made with, at once."""
    sign_ins.end_sign_ins(current_user.id, only=current_user.sign_in_id)
    end_session()
    return answer(None, "You are logged out.")


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


@plugin.api.get("/tokens", permission="member", answer=list[TokenShape])
def all_tokens() -> Response:
    """One's own named tokens, without their texts."""
    shapes = [token_shape(row).model_dump(mode="json") for row in sign_ins.named_tokens_of(current_user.id)]
    return answer(shapes)


@plugin.api.post("/tokens", permission="member", body=TokenBody, answer=NewTokenShape)
def make_token(body: TokenBody) -> Response:
    """Make a token for a program; its text is in this answer and nowhere else."""
    row, text = tokens.make_named_token(current_user.id, body.name, body.days)
    shape = NewTokenShape(**token_shape(row).model_dump(), token=text)
    location = url_for("auth.api.end_token", token_id=row.id)
    return answer(shape, "Keep this token: it is not shown again.", 201, location=location, headers=SECRET)


@plugin.api.delete("/tokens/<token_id>", permission="member")
def end_token(token_id: str) -> Response:
    """End a token of one's own at once."""
    sign_ins.end_sign_in(current_user.id, token_id)
    return answer(None, "That token has ended.")


def shape_of(user: User | Person) -> AccountShape:
    return AccountShape(
        id=user.id,
        name=user.name,
        email=user.email,
        roles=sorted(user.role_names),
        created_at=user.created_at,
        last_seen_at=user.last_seen_at,
    )


def token_shape(row: SignIn) -> TokenShape:
    return TokenShape(
        id=row.id,
        name=row.name or row.device,
        created_at=row.created_at,
        last_used_at=row.last_used_at,
        expires_at=row.expires_at,
    )
