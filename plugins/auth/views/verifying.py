"""The password again, and the second factor, before what is dangerous."""

from flask import redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_login import current_user

from musicapp.errors import Invalid
from plugins.auth import plugin
from plugins.auth.browser import next_page
from plugins.auth.forms import VerifyForm
from plugins.auth.fresh import note_proof
from plugins.auth.services import second_factor


@plugin.route("/account/verify", methods=["GET", "POST"], permission="member")
def verify() -> ResponseReturnValue:
    """Ask for the password, and a code where that is on, and lead back to what needs it."""
    form = VerifyForm(next=request.args.get("next", ""))
    if form.validate_on_submit():
        try:
            second_factor.prove_again(current_user.id, form.password.data, form.code.data)
            note_proof()
            return redirect(next_page(form.next.data))
        except Invalid as refused:
            form.refuse(refused)
    page = render_template("auth/verify.html", form=form, asks_code=second_factor.is_on(current_user.id))
    return page, 422 if request.method == "POST" else 200
