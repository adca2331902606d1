"""What happens to playlists, told to other plugins after the commit."""

from dataclasses import dataclass


@dataclass(frozen=True)
class PlaylistCreated:
    """Somebody has a new playlist."""

    playlist_id: int
    owner_id: int


@dataclass(frozen=True)
class PlaylistChanged:
    """The words, cover, rules or entries of a playlist are other than before; `kind` says which: `added`, `renamed`."""

    playlist_id: int
    by_id: int
    kind: str


@dataclass(frozen=True)
class PlaylistDeleted:
    """A playlist is gone for everybody; its owner can bring it back for some days."""

    playlist_id: int
    owner_id: int


@dataclass(frozen=True)
class PlaylistRestored:
    """A deleted playlist is back as it was."""

    playlist_id: int
    owner_id: int


@dataclass(frozen=True)
class PlaylistHidden:
    """Moderators keep a playlist from all but its owner."""

    playlist_id: int


@dataclass(frozen=True)
class PlaylistShown:
    """A playlist that moderators had hidden is there again."""

    playlist_id: int


@dataclass(frozen=True)
class CollaboratorJoined:
    """Somebody may see (`viewer`) or change (`editor`) a playlist from now on."""

    playlist_id: int
    person_id: int
    role: str


@dataclass(frozen=True)
class CollaboratorLeft:
    """Somebody is no longer among those who keep a playlist together."""

    playlist_id: int
    person_id: int
