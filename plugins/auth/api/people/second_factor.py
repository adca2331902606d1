"""Helping somebody who lost the phone of their second factor."""

from flask.typing import ResponseReturnValue

from musicapp.api import answer
from musicapp.security import signed_in
from plugins.auth import plugin
from plugins.auth.api.people.shapes import ResetBody
from plugins.auth.fresh import ask_again_unless_fresh
from plugins.auth.services import second_factor


@plugin.api.delete("/people/<int:person_id>/second-factor", permission="auth.people", body=ResetBody)
def reset_second_factor(person_id: int, body: ResetBody) -> ResponseReturnValue:
    """Let somebody else log in with the password alone; the sign-in must have begun less than 15 minutes ago."""
    if asked := ask_again_unless_fresh():
        return asked
    second_factor.reset(person_id, body.reason, by=signed_in().id)
    return answer(None, "They can log in with the password alone now, and were told.")
