"""Invitations to playlists in the API: links that one person can use once."""

from flask import Response, url_for

from musicapp.api import answer
from plugins.playlists import plugin, services
from plugins.playlists.api.asked import RoleBody, person_who_asks


@plugin.api.post("/playlists/<int:playlist_id>/invitations", permission="member", body=RoleBody)
def invite(playlist_id: int, body: RoleBody) -> Response:
    """A link by which one person can share a playlist of mine, within 7 days; it is told only now."""
    secret = services.invite(person_who_asks(), playlist_id, body.role)
    link = url_for("playlists.invitation", secret=secret, _external=True)
    told = {"link": link, "join_url": url_for("playlists.api.join", secret=secret), "role": body.role}
    return answer(told, "Send the link to whom you mean.", 201, headers={"Cache-Control": "no-store"})


@plugin.api.delete("/playlists/<int:playlist_id>/invitations/<int:invitation_id>", permission="member")
def withdraw_invitation(playlist_id: int, invitation_id: int) -> Response:
    """Take back an invitation that nobody used."""
    services.withdraw_invitation(person_who_asks(), playlist_id, invitation_id)
    return answer(None, "The invitation is taken back.")


@plugin.api.post("/playlists/invitations/<secret>/join", permission="member")
def join(secret: str) -> Response:
    """See or change the playlist of an invitation from now on; 409 for one that is used or too old."""
    playlist_id = services.join(person_who_asks(), secret)
    location = url_for("playlists.api.playlist", playlist_id=playlist_id)
    return answer({"playlist_id": playlist_id, "url": location}, "You share this playlist now.")
