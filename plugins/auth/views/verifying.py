"""The password again, before what is dangerous."""

from flask import redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_login import current_user

from musicapp.errors import Invalid
from plugins.auth import plugin
from plugins.auth.browser import next_page
from plugins.auth.forms import VerifyForm
from plugins.auth.fresh import note_proof
from plugins.auth.services import passwords


@plugin.route("/account/verify", methods=["GET", "POST"], permission="member")
def verify() -> ResponseReturnValue:
    """Ask for the password, and lead back to what needs it."""
    form = VerifyForm(next=request.args.get("next", ""))
    if form.validate_on_submit():
        try:
            passwords.prove(current_user.id, form.password.data)
            note_proof()
            return redirect(next_page(form.next.data))
        except Invalid as refused:
            form.refuse(refused)
    return render_template("auth/verify.html", form=form), 422 if request.method == "POST" else 200
