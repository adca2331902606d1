"""How one wants to be told of each kind: one table of switches."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from musicapp.mail import sends_mail
from musicapp.security import signed_in
from plugins.inbox import plugin
from plugins.inbox.services import preferences
from plugins.inbox.services.preferences import Choice


@plugin.get("/preferences", permission="member", endpoint="preferences")
def show_preferences() -> str:
    """All kinds that concern oneself, and by which ways one is told of them."""
    return render_template("inbox/preferences.html", choices=choices_here(), sends_mail=sends_mail())


def choices_here() -> list[Choice]:
    """What one may choose among on this site: without mail, what is only mailed does not concern anybody."""
    choices = preferences.preferences_of(signed_in())
    return choices if sends_mail() else [choice for choice in choices if "page" in choice.channels]


@plugin.post("/preferences", permission="member")
def change_preferences() -> ResponseReturnValue:
    """Keep what the table says: a switch that is off is not sent."""
    here = {"page", "email"} if sends_mail() else {"page"}
    wishes = {
        choice.kind: {
            channel: f"{choice.kind}.{channel}" in request.form for channel in here.intersection(choice.channels)
        }
        for choice in choices_here()
        if not choice.fixed
    }
    preferences.change_preferences(signed_in(), wishes)
    flash("That is how you are told from now on.", "success")
    return redirect(url_for(".preferences"), 303)


def ways_in_form(choice: Choice) -> dict[str, bool]:
    """Which switches of a kind are on, of those that the table shows."""
    here = [channel for channel in choice.channels if channel == "page" or sends_mail()]
    return {channel: f"{choice.kind}.{channel}" in request.form for channel in here}
