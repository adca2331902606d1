"""The people around a playlist: who sees and changes it with its owner, and how they are invited."""

from plugins.playlists.services.people.inviting import (
    Invitation,
    invitation_of,
    invitations_to,
    invite,
    join,
    withdraw_invitation,
)
from plugins.playlists.services.people.members import (
    ROLES,
    Member,
    add_collaborator,
    collaborators_of,
    members_of_playlist,
    remove_collaborator,
    set_role,
)

__all__ = [
    "ROLES",
    "Invitation",
    "Member",
    "add_collaborator",
    "collaborators_of",
    "invitation_of",
    "invitations_to",
    "invite",
    "join",
    "members_of_playlist",
    "remove_collaborator",
    "set_role",
    "withdraw_invitation",
]
