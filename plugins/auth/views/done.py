"""Being done in a browser that others use, for who does not come in and has just proven whose account it is."""

from flask import redirect, url_for
from flask.typing import ResponseReturnValue

from plugins.auth import plugin
from plugins.auth.browser import forget_proof


@plugin.post("/account/done", permission="public")
def end_proof() -> ResponseReturnValue:
    """Let nobody here see why the account is suspended, get its data or take it back, before the next log-in."""
    forget_proof()
    return redirect(url_for("site.home"), 303)
