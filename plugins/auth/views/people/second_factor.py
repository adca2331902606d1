"""Helping somebody who lost the phone of their second factor."""

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue

from musicapp.errors import Conflict
from musicapp.security import signed_in
from plugins.auth import plugin
from plugins.auth.forms import ResetForm
from plugins.auth.fresh import ask_again_unless_fresh
from plugins.auth.services import second_factor
from plugins.auth.views.people.person import person_page


@plugin.post("/people/<int:person_id>/second-factor/reset", permission="auth.people")
def reset_second_factor(person_id: int) -> ResponseReturnValue:
    """Let somebody else log in with the password alone; who does so types their own again."""
    back = url_for(".person", person_id=person_id)
    if asked := ask_again_unless_fresh(back):
        return asked
    form = ResetForm()
    if not form.validate():
        return person_page(person_id, form)
    try:
        second_factor.reset(person_id, form.why.data, by=signed_in().id)
    except Conflict as refused:
        flash(refused.sentence, "error")
        return redirect(back, 303)
    flash("They can log in with the password alone now, and were told.", "success")
    return redirect(back, 303)
