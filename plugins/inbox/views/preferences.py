"""How one wants to be told of each kind: one table of switches."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from musicapp.security import signed_in
from plugins.inbox import plugin
from plugins.inbox.services import preferences
from plugins.inbox.services.letters import sends_mail
from plugins.inbox.services.preferences import CHANNELS


@plugin.get("/preferences", permission="member", endpoint="preferences")
def show_preferences() -> str:
    """All kinds that concern oneself, and by which ways one is told of them."""
    return render_template(
        "inbox/preferences.html", choices=preferences.preferences_of(signed_in()), sends_mail=sends_mail()
    )


@plugin.post("/preferences", permission="member")
def change_preferences() -> ResponseReturnValue:
    """Keep what the table says: a switch that is off is not sent."""
    person = signed_in()
    channels = CHANNELS if sends_mail() else ("page",)
    wishes = {
        choice.kind: {channel: f"{choice.kind}.{channel}" in request.form for channel in channels}
        for choice in preferences.preferences_of(person)
        if not choice.fixed
    }
    preferences.change_preferences(person, wishes)
    flash("That is how you are told from now on.", "success")
    return redirect(url_for(".preferences"), 303)
