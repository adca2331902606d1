"""What is left to who is suspended, by having just proven whose account it is: why, and their data to take along."""

from flask import make_response, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from musicapp.mail import sends_mail
from plugins.auth import plugin
from plugins.auth.browser import proven_here
from plugins.auth.models import User
from plugins.auth.services import entering
from plugins.auth.services.copies import listing
from plugins.auth.services.leaving.standing import leaving_of
from plugins.auth.views.data_copies import file_of, start_copy_of


@plugin.get("/account/suspended", permission="public", endpoint="suspended")
def show_suspension() -> ResponseReturnValue:
    """Until when and why the account is suspended, and the copy of its data."""
    user = kept_out_here()
    if user is None:
        return redirect(url_for(".log_in"))
    copy = listing.standing_of(user.id)
    standing = leaving_of(user.id)
    shown = render_template("auth/suspended.html", user=user, standing=standing, copy=copy, sends_mail=sends_mail())
    page = make_response(shown)
    page.headers["Cache-Control"] = "no-store"
    return page


@plugin.post("/account/suspended", permission="public")
def copy_data_of_suspended() -> ResponseReturnValue:
    """Start a copy of everything that they own here."""
    user = kept_out_here()
    if user is None:
        return redirect(url_for(".log_in"), 303)
    start_copy_of(user.id)
    return redirect(url_for(".suspended"), 303)


@plugin.get("/account/suspended/files/<secret>/<name>", permission="public")
def data_file_of_suspended(secret: str, name: str) -> ResponseReturnValue:
    """The file of a copy of theirs."""
    user = kept_out_here()
    if user is None:
        return redirect(url_for(".log_in"))
    return file_of(user.id, secret, name)


def kept_out_here() -> User | None:
    """Whose suspended account this browser has just proven to be its own."""
    proven = proven_here()
    try:
        return entering.kept_out(proven) if proven else None
    except entering.WrongPassword:
        return None
