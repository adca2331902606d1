"""The page behind an invitation's link: who invites to which artist, and a button to join."""

from flask import flash, make_response, request
from flask.typing import ResponseReturnValue
from werkzeug import Response

from musicapp.errors import Conflict
from plugins.catalog import plugin, services
from plugins.catalog.views.asked import person_here
from plugins.catalog.views.desk.answers import back_to, desk_page


@plugin.get("/join/<secret>", permission="public")
def show_invitation(secret: str) -> ResponseReturnValue:
    """Who invites to which artist; whoever has the link may see it."""
    try:
        invitation = services.invitation_of(secret)
    except Conflict as refused:
        return kept_to_oneself(desk_page("join.html", invitation=None, sentence=refused.sentence), 409)
    return kept_to_oneself(desk_page("join.html", invitation=invitation, here=request.path), 200)


@plugin.post("/join/<secret>", endpoint="join", permission="member")
def join(secret: str) -> ResponseReturnValue:
    """Publish as the artist from now on."""
    try:
        artist_id = services.join_artist(person_here(), secret)
    except Conflict as refused:
        return kept_to_oneself(desk_page("join.html", invitation=None, sentence=refused.sentence), 409)
    flash("You publish as this artist now.", "success")
    return back_to("studio", artist=artist_id)


def kept_to_oneself(page: str, status: int) -> Response:
    """A page whose address is a secret: no other site is told of it, and nothing keeps it."""
    response = make_response(page, status)
    # With no referrer at all, the form could not show under https that it was sent from here.
    response.headers["Referrer-Policy"] = "strict-origin"
    response.headers["Cache-Control"] = "no-store"
    return response
