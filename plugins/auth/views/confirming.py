"""Confirming an address by a mailed link."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from musicapp.errors import Invalid
from plugins.auth import plugin
from plugins.auth.browser import this_visit
from plugins.auth.forms import AddressForm, ConfirmForm
from plugins.auth.services import entering, links
from plugins.auth.services.letters import confirms_addresses

CONFIRMED_AND_WAITS = "Your address is confirmed. The people who run the site look at your account, and write to you."


@plugin.route("/confirm", methods=["GET", "POST"], permission="public")
def ask_to_confirm() -> ResponseReturnValue:
    """Ask for the mail with the link again; the answer is the same for every address."""
    form = AddressForm(email=request.args.get("email", ""))
    if form.validate_on_submit():
        entering.ask_for_letter("confirm", form.email.data, this_visit())
        flash("If this address waits to be confirmed, a mail with a new link is on its way.", "info")
        return redirect(url_for("auth.log_in"))
    page = render_template("auth/ask_to_confirm.html", form=form, confirms_addresses=confirms_addresses())
    return page, 422 if request.method == "POST" else 200


@plugin.route("/confirm/<token>", methods=["GET", "POST"], permission="public")
def confirm_address(token: str) -> ResponseReturnValue:
    """Confirm the address that the link was mailed to, by a button."""
    form = ConfirmForm()
    try:
        if form.validate_on_submit():
            waits = links.confirm_address(token).waits_since is not None
            flash(CONFIRMED_AND_WAITS if waits else "Your address is confirmed. You can log in now.", "success")
            return redirect(url_for("auth.log_in"))
        user = links.person_of_confirm_link(token)
    except Invalid as refused:
        return render_template("auth/dead_link.html", sentence=refused.sentence, again="auth.ask_to_confirm"), 422
    return render_template("auth/confirm_address.html", form=form, address=user.email)
