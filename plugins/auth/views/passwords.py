"""Choosing a new password by a mailed link."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from musicapp.errors import Invalid
from musicapp.mail import sends_mail
from plugins.auth import plugin
from plugins.auth.browser import end_session, this_visit
from plugins.auth.forms import AddressForm, NewPasswordForm
from plugins.auth.services import entering, links, passwords


@plugin.route("/reset", methods=["GET", "POST"], permission="public")
def forgot_password() -> ResponseReturnValue:
    """Ask for a link; the answer is the same for every address, and takes the same time."""
    form = AddressForm()
    if form.validate_on_submit():
        entering.ask_for_letter("reset", form.email.data, this_visit())
        flash("If there is an account with this address, a mail with a link is on its way.", "info")
        return redirect(url_for("auth.log_in"))
    page = render_template("auth/forgot_password.html", form=form, sends_mail=sends_mail())
    return page, 422 if request.method == "POST" else 200


@plugin.route("/reset/<token>", methods=["GET", "POST"], permission="public")
def choose_password(token: str) -> ResponseReturnValue:
    """Set the password of whom the link belongs to; all their sign-ins end."""
    form = NewPasswordForm()
    try:
        links.person_of_reset_link(token)
        if form.validate_on_submit():
            passwords.reset_password(token, form.password.data)
            end_session()
            flash("Your new password is in force. Log in with it.", "success")
            return redirect(url_for("auth.log_in"))
    except Invalid as refused:
        if not refused.errors:
            return render_template("auth/dead_link.html", sentence=refused.sentence, again="auth.forgot_password"), 422
        form.refuse(refused)
    return render_template("auth/choose_password.html", form=form), 422 if request.method == "POST" else 200
