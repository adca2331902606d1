"""Who publishes as an artist: the list of accounts, invitations to more, and leaving."""

from flask import flash, session, url_for
from flask.typing import ResponseReturnValue

from musicapp.errors import Conflict
from plugins.catalog import plugin, services
from plugins.catalog.views.asked import person_here
from plugins.catalog.views.desk.answers import back_to, desk_page
from plugins.catalog.views.desk.artists import own_artist


@plugin.get("/studio/artists/<int:artist_id>/members", permission="catalog.publish")
def members(artist_id: int) -> str:
    """The accounts that publish as an artist, and the invitations that wait."""
    person = person_here()
    return desk_page(
        "members.html",
        artist=own_artist(artist_id).card,
        me=person.id,
        members=services.members_of(person, artist_id),
        invitations=services.invitations_to(person, artist_id),
        link=session.pop("catalog_invitation", None),
    )


@plugin.post("/studio/artists/<int:artist_id>/invitations", permission="catalog.publish")
def invite(artist_id: int) -> ResponseReturnValue:
    """Make an invitation; its link is shown once, on the next page."""
    try:
        secret = services.invite(person_here(), artist_id)
        session["catalog_invitation"] = url_for(".show_invitation", secret=secret, _external=True)
    except Conflict as refused:
        flash(refused.sentence, "error")
    return back_to("members", artist_id=artist_id)


@plugin.post("/studio/artists/<int:artist_id>/invitations/<int:invitation_id>/withdraw", permission="catalog.publish")
def withdraw_invitation(artist_id: int, invitation_id: int) -> ResponseReturnValue:
    """Take back an invitation that nobody used."""
    services.withdraw_invitation(person_here(), artist_id, invitation_id)
    flash("The invitation is taken back; its link does not work any more.", "success")
    return back_to("members", artist_id=artist_id)


@plugin.post("/studio/artists/<int:artist_id>/members/<int:person_id>/remove", permission="catalog.publish")
def remove_member(artist_id: int, person_id: int) -> ResponseReturnValue:
    """Let somebody no longer publish as an artist; or leave."""
    person = person_here()
    try:
        services.remove_member(person, artist_id, person_id)
    except Conflict as refused:
        flash(refused.sentence, "error")
        return back_to("members", artist_id=artist_id)
    if person_id == person.id:
        flash("You do not publish as this artist any more.", "success")
        return back_to("studio")
    flash("They do not publish as this artist any more.", "success")
    return back_to("members", artist_id=artist_id)
