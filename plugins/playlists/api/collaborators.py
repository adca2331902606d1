"""The people who keep a playlist together, in the API."""

from flask import Response

from musicapp.api import answer
from plugins.playlists import plugin, services
from plugins.playlists.api.asked import CollaboratorBody, RoleBody, person_who_asks
from plugins.playlists.api.shapes import invitation_shape, member_shape


@plugin.api.get("/playlists/<int:playlist_id>/collaborators", permission="member")
def collaborators(playlist_id: int) -> Response:
    """Who sees and changes a playlist, its owner first, and which invitations wait; for these people."""
    person = person_who_asks()
    members = [member_shape(member) for member in services.members_of_playlist(person, playlist_id)]
    waiting = [invitation_shape(invitation) for invitation in services.invitations_to(person, playlist_id)]
    return answer({"members": members, "invitations": waiting})


@plugin.api.post("/playlists/<int:playlist_id>/collaborators", permission="member", body=CollaboratorBody)
def add_collaborator(playlist_id: int, body: CollaboratorBody) -> Response:
    """Let somebody see or change a playlist of mine, by the exact name that they go by; they are told."""
    person = person_who_asks()
    person_id = services.add_collaborator(person, playlist_id, body.name, body.role)
    added = [one for one in services.members_of_playlist(person, playlist_id) if one.person_id == person_id]
    return answer(member_shape(added[0]), f"{added[0].name} shares this playlist now.", 201)


@plugin.api.put("/playlists/<int:playlist_id>/collaborators/<int:person_id>", permission="member", body=RoleBody)
def set_role(playlist_id: int, person_id: int, body: RoleBody) -> Response:
    """Let a collaborator see a playlist of mine, or change it."""
    services.set_role(person_who_asks(), playlist_id, person_id, body.role)
    return answer({"id": person_id, "role": body.role}, "Saved.")


@plugin.api.delete("/playlists/<int:playlist_id>/collaborators/<int:person_id>", permission="member")
def remove_collaborator(playlist_id: int, person_id: int) -> Response:
    """Let somebody no longer share a playlist of mine, or leave another's."""
    services.remove_collaborator(person_who_asks(), playlist_id, person_id)
    return answer(None, "They do not share this playlist any more.")
