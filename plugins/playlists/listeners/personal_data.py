"""What playlists hold of a person."""

from collections.abc import Iterator

from musicapp.belongings import Named
from plugins.playlists import plugin
from plugins.playlists.services import own_data


@plugin.contributes(
    "auth.personal_data",
    name="playlists.playlists",
    title="Playlists",
    words="Your playlists with their songs and covers, those that you follow and share, and what you changed.",
    goes="Your playlists go, public ones too. What you added to those of others stays there, without your name.",
    tables=[
        *("playlists_playlist", "playlists_entry", "playlists_collaborator", "playlists_invitation"),
        *("playlists_change", "playlists_follow", "playlists_taken_in"),
    ],
    erase=own_data.erase,
    order=20,
)
def playlists(person_id: int) -> Iterator[Named]:
    """Playlists and what somebody did to them."""
    return own_data.own_data(person_id)
