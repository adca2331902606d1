"""The way out of a mail: works for whoever holds its link, signed in or not."""

from flask import render_template
from flask.typing import ResponseReturnValue

from plugins.inbox import plugin
from plugins.inbox.services.unsubscribing import kind_of_token, unsubscribe, why_it_stays


@plugin.get("/unsubscribe/<token>", permission="public")
def show_unsubscribe(token: str) -> str:
    """Ask whether this kind of mail shall end; a mail program that looks at links in advance ends nothing."""
    _person_id, kind = kind_of_token(token)
    return render_template("inbox/unsubscribe.html", kind=kind, stays=why_it_stays(kind), is_done=False)


@plugin.post("/unsubscribe/<token>", permission="public", endpoint="unsubscribe")
def end_mails(token: str) -> ResponseReturnValue:
    """End this kind of mail."""
    return render_template("inbox/unsubscribe.html", kind=unsubscribe(token), is_done=True)
