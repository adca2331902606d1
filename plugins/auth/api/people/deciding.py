"""What an admin decides of somebody's account."""

from flask import Response
from flask.typing import ResponseReturnValue

from musicapp.api import answer
from musicapp.security import signed_in
from plugins.auth import plugin
from plugins.auth.api.account import SECRET
from plugins.auth.api.people.shapes import KnownShape, RefuseBody, SuspendBody, known_shape
from plugins.auth.fresh import ask_again_unless_fresh
from plugins.auth.services import approving, suspending
from plugins.auth.services.roster import deciding
from plugins.auth.services.roster.looking import known_of

ROLE = "/people/<int:person_id>/roles/<role>"


@plugin.api.put(ROLE, permission="auth.people", answer=KnownShape)
def give_role(person_id: int, role: str) -> ResponseReturnValue:
    """Give somebody else a role; for `admin` the sign-in must have begun less than 15 minutes ago."""
    if role == "admin" and (asked := ask_again_unless_fresh()):
        return asked
    deciding.give(signed_in(), person_id, role)
    return now_known(person_id, f"The role {role} is given.")


@plugin.api.delete(ROLE, permission="auth.people", answer=KnownShape)
def take_role(person_id: int, role: str) -> Response:
    """Take a role from somebody; the last admin stays one (409)."""
    deciding.take(person_id, role)
    return now_known(person_id, f"The role {role} is taken.")


@plugin.api.delete("/people/<int:person_id>/sign-ins", permission="auth.people")
def sign_out_person(person_id: int) -> Response:
    """Sign somebody out everywhere, at once."""
    return answer({"ended": deciding.sign_out_everywhere(person_id)}, "They are signed out everywhere.")


@plugin.api.post("/people/<int:person_id>/suspend", permission="auth.people", body=SuspendBody, answer=KnownShape)
def suspend_person(person_id: int, body: SuspendBody) -> Response:
    """Keep somebody out, and sign them out everywhere; they are told why. The last admin stays (409)."""
    until = suspending.until_when(body.days, body.until)
    deciding.keep_out(signed_in(), person_id, until, body.reason)
    return now_known(person_id, "The account is suspended.")


@plugin.api.post("/people/<int:person_id>/restore", permission="auth.people", answer=KnownShape)
def restore_person(person_id: int) -> Response:
    """Lift a suspension before its time."""
    suspending.restore(person_id)
    return now_known(person_id, "The account is open.")


@plugin.api.post("/people/<int:person_id>/approve", permission="auth.people", answer=KnownShape)
def approve_person(person_id: int) -> Response:
    """Let somebody have the account that they asked for; 409 when somebody else decided before."""
    approving.approve(person_id)
    return now_known(person_id, "The account is approved.")


@plugin.api.post("/people/<int:person_id>/refuse", permission="auth.people", body=RefuseBody)
def refuse_person(person_id: int, body: RefuseBody) -> Response:
    """Give somebody no account and keep nothing of it; 409 when somebody else decided before."""
    approving.refuse(person_id, body.reason)
    return answer(None, "The account is refused.")


def now_known(person_id: int, message: str) -> Response:
    return answer(known_shape(known_of(person_id)), message, headers=SECRET)
