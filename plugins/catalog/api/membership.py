"""Who publishes as an artist, in the API: members, invitations, joining."""

from typing import Any

from flask import Response, url_for

from musicapp.api import answer
from plugins.catalog import plugin, services
from plugins.catalog.api.asked import person_who_asks
from plugins.catalog.services import Invitation, Member


@plugin.api.get("/artists/<int:artist_id>/members", permission="catalog.publish")
def members(artist_id: int) -> Response:
    """The accounts that publish as an artist of yours, and the invitations that wait."""
    person = person_who_asks()
    found = [member_shape(member) for member in services.members_of(person, artist_id)]
    waiting = [invitation_shape(one) for one in services.invitations_to(person, artist_id)]
    return answer({"members": found, "invitations": waiting})


@plugin.api.delete("/artists/<int:artist_id>/members/<int:person_id>", permission="catalog.publish")
def remove_member(artist_id: int, person_id: int) -> Response:
    """Let an account no longer publish as an artist, or leave yourself; 409 for the last one."""
    services.remove_member(person_who_asks(), artist_id, person_id)
    return answer(None, "They do not publish as this artist any more.")


@plugin.api.post("/artists/<int:artist_id>/invitations", permission="catalog.publish")
def invite(artist_id: int) -> Response:
    """A link by which one account can join within 7 days; it is told only now."""
    secret = services.invite(person_who_asks(), artist_id)
    link = url_for("catalog.show_invitation", secret=secret, _external=True)
    join_url = url_for("catalog.api.join", secret=secret)
    return answer({"link": link, "join_url": join_url}, "Send the link to whom you mean.", 201)


@plugin.api.delete("/artists/<int:artist_id>/invitations/<int:invitation_id>", permission="catalog.publish")
def withdraw_invitation(artist_id: int, invitation_id: int) -> Response:
    """Take back an invitation that nobody used."""
    services.withdraw_invitation(person_who_asks(), artist_id, invitation_id)
    return answer(None, "The invitation is taken back.")


@plugin.api.post("/invitations/<secret>/join", permission="member")
def join(secret: str) -> Response:
    """Publish as the artist of an invitation from now on; 409 for one that is used or too old."""
    artist_id = services.join_artist(person_who_asks(), secret)
    return answer({"artist_id": artist_id}, "You publish as this artist now.")


def member_shape(member: Member) -> dict[str, Any]:
    return {"id": member.person_id, "name": member.name, "joined_at": member.joined_at.isoformat()}


def invitation_shape(invitation: Invitation) -> dict[str, Any]:
    expires_at = invitation.expires_at.isoformat()
    return {"id": invitation.id, "invited_by": invitation.invited_by, "expires_at": expires_at}
