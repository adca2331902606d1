"""Logging in and out."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from musicapp.errors import Forbidden, wants_json
from musicapp.security import signed_in
from plugins.auth import plugin
from plugins.auth.browser import (
    as_json,
    begin_session,
    end_session,
    lead_to_what_is_left,
    next_page,
    remember_device,
    this_visit,
)
from plugins.auth.forms import LogInForm
from plugins.auth.half_way import begin_half_way
from plugins.auth.services import entering, second_factor
from plugins.auth.services.leaving.standing import IsLeaving
from plugins.auth.services.letters import confirms_addresses
from plugins.auth.services.suspending import IsSuspended


@plugin.route("/login", methods=["GET", "POST"], permission="public")
def log_in() -> ResponseReturnValue:
    """The log-in page; with JSON, POST /api/login."""
    if request.is_json:
        return as_json("log_in")
    form = LogInForm(next=request.args.get("next", ""))
    if request.method == "GET" and signed_in():
        return redirect(next_page(form.next.data))
    sentence = ""
    if form.validate_on_submit():
        try:
            return log_in_with(form)
        except (IsLeaving, IsSuspended) as refused:
            return lead_to_what_is_left(refused)
        except (entering.WrongPassword, Forbidden) as refused:
            sentence = refused.sentence
    page = render_template("auth/log_in.html", form=form, sentence=sentence, confirms_addresses=confirms_addresses())
    return page, 422 if request.method == "POST" else 200


def log_in_with(form: LogInForm) -> ResponseReturnValue:
    address, remember = form.email.data, form.remember.data
    try:
        entered = entering.log_in(address, form.password.data, "session", this_visit(address), remember=remember)
    except entering.CodeNeeded as needed:
        begin_half_way(needed.half_way, remember=remember)
        return redirect(url_for(".log_in_with_code", next=form.next.data or None))
    return let_in(entered, form.next.data, remember=remember)


def let_in(entered: entering.Entered, asked: str | None, *, remember: bool) -> ResponseReturnValue:
    """Begin the session, and lead to the page that was asked for; staff without the factor they need, to set it up."""
    begin_session(entered, remember=remember)
    person = entered.person
    is_awaited = bool(second_factor.withheld_from(person.id, person.role_names))
    response = redirect(url_for(".second_factor") if is_awaited else next_page(asked))
    remember_device(response, person.email)
    return response


@plugin.post("/logout", permission="member")
def log_out() -> ResponseReturnValue:
    """End this browser's sign-in; with a token or JSON, POST /api/logout."""
    if wants_json():
        return as_json("log_out")
    end_session()
    flash("You are logged out.", "info")
    return redirect(next_page(None))
