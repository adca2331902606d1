"""How one wants to be told of each kind: one table of switches."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from musicapp.mail import sends_mail
from musicapp.security import signed_in
from plugins.auth.services import Person
from plugins.inbox import plugin
from plugins.inbox.services import preferences
from plugins.inbox.services.preferences import Choice


@plugin.get("/preferences", permission="member", endpoint="preferences")
def show_preferences() -> str:
    """All kinds that concern oneself, and by which ways one is told of them."""
    return render_template("inbox/preferences.html", choices=choices_for(signed_in()), sends_mail=sends_mail())


@plugin.post("/preferences", permission="member")
def change_preferences() -> ResponseReturnValue:
    """Keep what the table says: a switch that is off is not sent."""
    person = signed_in()
    preferences.change_preferences(person, wishes_in_form(choices_for(person)))
    flash("That is how you are told from now on.", "success")
    return redirect(url_for(".preferences"), 303)


def choices_for(person: Person) -> list[Choice]:
    """What somebody may choose among on this site: without mail, what is only mailed does not concern anybody."""
    choices = preferences.preferences_of(person)
    return choices if sends_mail() else [choice for choice in choices if "page" in choice.channels]


def wishes_in_form(choices: list[Choice]) -> dict[str, dict[str, bool]]:
    """Which switches of the table are on, by kind and channel, of those that it shows."""
    here = {"page", "email"} if sends_mail() else {"page"}
    return {
        choice.kind: {
            channel: f"{choice.kind}.{channel}" in request.form for channel in here.intersection(choice.channels)
        }
        for choice in choices
        if not choice.fixed
    }
