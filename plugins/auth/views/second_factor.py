"""One's own second factor: setting it up, its recovery codes, and switching it off."""

from flask import Response, flash, make_response, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from markupsafe import Markup

from musicapp.errors import Conflict, Invalid
from plugins.auth import plugin
from plugins.auth.forms import CodeForm, Form, KeptCodesForm, SwitchOffForm
from plugins.auth.fresh import ask_again_unless_fresh
from plugins.auth.services import second_factor as factor


@plugin.get("/account/second-factor", permission="member")
def second_factor() -> ResponseReturnValue:
    """Whether it is on, and what can be done about it."""
    return second_factor_page()


def second_factor_page(refused: Form | None = None) -> ResponseReturnValue:
    """The page; `refused` is the form whose errors it shows."""
    since = factor.on_since(current_user.id)
    waiting = None if since else factor.waiting(current_user.id)
    page = render_template(
        "auth/second_factor.html",
        since=since,
        waiting=waiting,
        picture=Markup(factor.picture_of(waiting.address)) if waiting else "",
        codes_left=factor.codes_left(current_user.id) if since else 0,
        is_awaited=bool(current_user.withheld),
        code_form=refused if isinstance(refused, CodeForm) else CodeForm(formdata=None),
        off_form=refused if isinstance(refused, SwitchOffForm) else SwitchOffForm(formdata=None),
    )
    return page, 422 if refused else 200, {"Cache-Control": "no-store"}


@plugin.post("/account/second-factor/begin", permission="member")
def begin_second_factor() -> ResponseReturnValue:
    """Make a secret, which the page then shows until the app's first code came."""
    if asked := ask_again_unless_fresh(url_for(".second_factor")):
        return asked
    factor.begin(current_user.id)
    return redirect(url_for(".second_factor"))


@plugin.post("/account/second-factor/confirm", permission="member")
def confirm_second_factor() -> ResponseReturnValue:
    """Switch it on by the app's first code; the answer shows the recovery codes, once."""
    form = CodeForm()
    if not form.validate():
        return second_factor_page(form)
    try:
        return codes_page(factor.confirm(current_user.id, form.code.data), is_new=True)
    except Conflict as on_already:
        flash(on_already.sentence)
        return redirect(url_for(".second_factor"), 303)
    except Invalid as refused:
        form.refuse(refused)
        return second_factor_page(form)


@plugin.post("/account/second-factor/codes", permission="member")
def make_recovery_codes() -> ResponseReturnValue:
    """New recovery codes instead of those before; the answer shows them, once."""
    if asked := ask_again_unless_fresh(url_for(".second_factor")):
        return asked
    return codes_page(factor.make_codes(current_user.id), is_new=False)


def codes_page(codes: list[str], *, is_new: bool) -> Response:
    form = KeptCodesForm(formdata=None, codes=" ".join(codes))
    page = make_response(render_template("auth/recovery_codes.html", codes=codes, form=form, is_new=is_new))
    page.headers["Cache-Control"] = "no-store"
    return page


@plugin.post("/account/second-factor/codes.txt", permission="member")
def save_recovery_codes() -> ResponseReturnValue:
    """The codes that the page just showed, as a text to keep."""
    form = KeptCodesForm()
    codes = form.codes.data.split() if form.validate() else []
    if not factor.are_codes_of(current_user.id, codes):
        raise Conflict("These codes are void. Make new ones.")
    text = make_response(render_template("auth/recovery_codes.txt", codes=codes))
    text.mimetype = "text/plain"
    text.headers["Content-Disposition"] = "attachment; filename=recovery-codes.txt"
    text.headers["Cache-Control"] = "no-store"
    return text


@plugin.post("/account/second-factor/off", permission="member")
def switch_off_second_factor() -> ResponseReturnValue:
    """Switch it off, with the password and a code."""
    form = SwitchOffForm()
    if not form.validate():
        return second_factor_page(form)
    try:
        factor.switch_off(current_user.id, form.password.data, form.code.data)
    except Invalid as refused:
        form.refuse(refused)
        return second_factor_page(form)
    flash("Your second factor is off. Your password alone is enough to log in.", "success")
    return redirect(url_for(".second_factor"))
