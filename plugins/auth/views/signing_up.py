"""Signing up."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from musicapp.errors import Conflict, Invalid
from musicapp.security import signed_in
from plugins.auth import plugin
from plugins.auth.browser import as_json, begin_session, next_page, remember_device, this_visit
from plugins.auth.forms import SignUpForm
from plugins.auth.services import entering


@plugin.route("/signup", methods=["GET", "POST"], permission="public")
def sign_up() -> ResponseReturnValue:
    """The page for a new account; with JSON, POST /api/signup."""
    if request.is_json:
        return as_json("sign_up")
    form = SignUpForm(role=request.args.get("role", "user"), next=request.args.get("next", ""))
    if request.method == "GET" and signed_in():
        return redirect(next_page(form.next.data))
    if form.validate_on_submit():
        try:
            return sign_up_with(form)
        except (Invalid, Conflict) as refused:
            form.refuse(refused)
    return render_template("auth/sign_up.html", form=form), 422 if request.method == "POST" else 200


def sign_up_with(form: SignUpForm) -> ResponseReturnValue:
    address, visit = form.email.data, this_visit()
    user = entering.sign_up(form.name.data, address, form.password.data, form.role.data, visit)
    if user is None:
        flash("We sent you a mail. Open the link in it to confirm your address, then log in.", "info")
        return redirect(url_for("auth.log_in", next=form.next.data or None))
    begin_session(entering.enter(user, "session", visit, entering.lasts("session", remember=False)))
    flash(f"Welcome, {user.name}.", "success")
    response = redirect(next_page(form.next.data))
    remember_device(response, address)
    return response
