"""Signing up."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from musicapp.errors import Conflict, Invalid
from musicapp.security import signed_in
from plugins.auth import plugin
from plugins.auth.browser import as_json, begin_session, next_page, remember_device, this_visit
from plugins.auth.forms import SignUpForm
from plugins.auth.services import entering, signing_up
from plugins.auth.services.invitations.using import open_invitation
from plugins.auth.services.signing_up import Newcomer
from plugins.auth.settings import auth_settings


@plugin.route("/signup", methods=["GET", "POST"], permission="public")
def sign_up() -> ResponseReturnValue:
    """The page for a new account; with JSON, POST /api/signup."""
    if request.is_json:
        return as_json("sign_up")
    said = {name: request.args.get(name, "") for name in ("email", "invitation", "next")}
    form = SignUpForm(**said, role=request.args.get("role", "user"))
    if request.method == "GET" and signed_in():
        return redirect(next_page(form.next.data))
    if form.validate_on_submit():
        try:
            return sign_up_with(form)
        except (Invalid, Conflict) as refused:
            form.refuse(refused)
    return sign_up_page(form)


def sign_up_page(form: SignUpForm) -> ResponseReturnValue:
    """The form; where somebody brings an invitation, it says what the invitation gives."""
    invitation, refused = None, ""
    try:
        invitation = open_invitation(form.invitation.data) if form.invitation.data else None
    except Invalid as dead:
        refused = dead.sentence
    page = render_template(
        "auth/sign_up.html", form=form, invitation=invitation, refused=refused, newcomers=auth_settings().newcomers
    )
    return page, 422 if request.method == "POST" else 200


def sign_up_with(form: SignUpForm) -> ResponseReturnValue:
    address, visit = form.email.data, this_visit()
    newcomer = Newcomer(form.name.data, address, form.password.data, form.role.data, form.invitation.data or "")
    done = signing_up.sign_up(newcomer, visit)
    if done.person is None:
        flash(done.sentence, "info")
        return redirect(url_for("auth.log_in", next=form.next.data or None))
    begin_session(entering.enter(done.person, "session", visit, entering.lasts("session", remember=False)))
    flash(done.sentence, "success")
    response = redirect(next_page(form.next.data))
    remember_device(response, address)
    return response
