"""The same table for who comes from a mail and is not logged in: its link opens the preferences of one person."""

from flask import flash, make_response, redirect, render_template, request
from flask.typing import ResponseReturnValue

from musicapp.mail import sends_mail
from plugins.inbox import plugin
from plugins.inbox.services import preferences
from plugins.inbox.services.by_mail import person_of_token, veiled
from plugins.inbox.views.preferences import choices_for, wishes_in_form


@plugin.get("/by-mail/<token>", permission="public", endpoint="preferences_by_mail")
def show_preferences_by_mail(token: str) -> ResponseReturnValue:
    """What somebody is told, as switches; a mail program that looks at links in advance changes nothing."""
    person = person_of_token(token)
    page = render_template(
        "inbox/by_mail.html", choices=choices_for(person), sends_mail=sends_mail(), address=veiled(person.email)
    )
    response = make_response(page)
    # Nobody learns the address, and the form can still show that it was sent from here: with no referrer it could not.
    response.headers["Referrer-Policy"] = "strict-origin"
    response.headers["Cache-Control"] = "no-store"
    return response


@plugin.post("/by-mail/<token>", permission="public", endpoint="change_preferences_by_mail")
def change_preferences_by_mail(token: str) -> ResponseReturnValue:
    """Keep what the table says: a switch that is off is not sent."""
    person = person_of_token(token)
    preferences.change_preferences(person, wishes_in_form(choices_for(person)))
    flash("That is how you are told from now on.", "success")
    return redirect(request.path, 303)
