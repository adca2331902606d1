"""One's own account: name, password, where one is signed in, and tokens for programs."""

from flask import flash, redirect, render_template, session, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from musicapp.errors import Invalid, wants_json
from plugins.auth import plugin
from plugins.auth.browser import as_json
from plugins.auth.forms import ChangePasswordForm, Form, NameForm, TokenForm
from plugins.auth.services import passwords, people, second_factor, sign_ins, tokens


@plugin.get("/account", permission="member")
def account() -> ResponseReturnValue:
    """Everything about one's own account; for programs, GET /api/account."""
    return as_json("account") if wants_json() else account_page()


def account_page(refused: Form | None = None) -> ResponseReturnValue:
    """The page; `refused` is the form whose errors it shows."""
    forms = {"name": NameForm, "password": ChangePasswordForm, "token": TokenForm}
    fresh = {
        "name_form": NameForm(formdata=None, name=current_user.name),
        "password_form": ChangePasswordForm(formdata=None),
        "token_form": TokenForm(formdata=None, prefix="token"),
    }
    shown = {f"{key}_form": refused for key, kind in forms.items() if isinstance(refused, kind)}
    page = render_template(
        "auth/account.html",
        **{**fresh, **shown},
        sign_ins=sign_ins.sign_ins_of(current_user.id),
        tokens=sign_ins.named_tokens_of(current_user.id),
        this_sign_in=current_user.sign_in_id,
        second_factor_since=second_factor.on_since(current_user.id),
        new_token=session.pop("new_token", ""),
    )
    return page, 422 if refused else 200


@plugin.post("/account/name", permission="member")
def rename() -> ResponseReturnValue:
    form = NameForm()
    if not form.validate():
        return account_page(form)
    try:
        people.rename(current_user.id, form.name.data)
    except Invalid as refused:
        form.refuse(refused)
        return account_page(form)
    flash("Your name is saved.", "success")
    return redirect(url_for(".account"))


@plugin.post("/account/password", permission="member")
def change_password() -> ResponseReturnValue:
    """Set a new password; every other browser and token is signed out."""
    form = ChangePasswordForm()
    if not form.validate():
        return account_page(form)
    current, new = form.current_password.data, form.new_password.data
    try:
        passwords.change_password(current_user.id, current, new, sign_in_id=current_user.sign_in_id)
    except Invalid as refused:
        form.refuse(refused)
        return account_page(form)
    flash("Your new password is in force, and you are signed out everywhere else.", "success")
    return redirect(url_for(".account"))


@plugin.post("/account/sign-ins/<sign_in_id>/end", permission="member")
def end_sign_in(sign_in_id: str) -> ResponseReturnValue:
    """Sign out of one browser or token; with this one, one is logged out."""
    sign_ins.end_sign_in(current_user.id, sign_in_id)
    flash("That sign-in has ended.", "success")
    return redirect(url_for(".account"))


@plugin.post("/account/sign-ins/end-others", permission="member")
def end_other_sign_ins() -> ResponseReturnValue:
    """Sign out of everything but this browser, tokens included."""
    ended = sign_ins.end_sign_ins(current_user.id, but=current_user.sign_in_id)
    flash("You are signed out everywhere else." if ended else "You were signed in nowhere else.", "success")
    return redirect(url_for(".account"))


@plugin.post("/account/tokens", permission="member")
def make_token() -> ResponseReturnValue:
    """Make a token for a program; the page shows it once."""
    form = TokenForm(prefix="token")
    if not form.validate():
        return account_page(form)
    try:
        _row, session["new_token"] = tokens.make_named_token(current_user.id, form.name.data, form.days.data)
    except Invalid as refused:
        form.refuse(refused)
        return account_page(form)
    return redirect(url_for(".account"))
