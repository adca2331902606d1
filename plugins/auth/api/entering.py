"""Getting in and out by the API."""

from flask import Response, url_for
from flask_login import current_user

from musicapp.api import answer
from plugins.auth import plugin
from plugins.auth.api.account import SECRET, shape_of
from plugins.auth.browser import end_session, this_visit
from plugins.auth.services import entering, sign_ins, signing_up, tokens
from plugins.auth.services.entering import Entered
from plugins.auth.services.signing_up import Newcomer
from plugins.auth.shapes import AccountShape, EnteredShape, LogInBody, SignUpBody


@plugin.api.post("/signup", permission="public", body=SignUpBody, answer=AccountShape)
def sign_up(body: SignUpBody) -> Response:
    """Make an account; 202 where it must first be confirmed by a mail, or waits for an approval."""
    newcomer = Newcomer(body.name, body.email, body.password, body.role, body.invitation)
    done = signing_up.sign_up(newcomer, this_visit())
    if done.person is None:
        return answer(None, done.sentence, 202, headers=SECRET)
    location = url_for("auth.api.account")
    return answer(shape_of(done.person), done.sentence, 201, location=location, headers=SECRET)


@plugin.api.post("/login", permission="public", body=LogInBody, answer=EnteredShape)
def log_in(body: LogInBody) -> Response:
    """A token for this account; send it as `Authorization: Bearer` or `Authentication-Token`.

    Where a second factor is on, a right password without a right `code` is refused with 401, and the errors name it.
    """
    entered = entering.log_in(body.email, body.password, "token", this_visit(), code=body.code)
    return answer(entered_shape(entered), f"Welcome, {entered.person.name}.", headers=SECRET)


def entered_shape(entered: Entered) -> EnteredShape:
    """The token of a log-in that worked, and whose it is."""
    token = tokens.token_of(entered.sign_in_id)
    return EnteredShape(token=token, expires_at=entered.expires_at, user=shape_of(entered.person))


@plugin.api.post("/logout", permission="member")
def log_out() -> Response:
    """End the sign-in that this call was made with, at once."""
    sign_ins.end_sign_ins(current_user.id, only=current_user.sign_in_id)
    end_session()
    return answer(None, "You are logged out.")
