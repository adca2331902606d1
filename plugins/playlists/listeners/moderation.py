"""Playlists as things that people report and moderators decide about, and what lists know of other things."""

from collections.abc import Collection, Mapping

from musicapp.errors import is_found
from musicapp.evidence import Evidence, Fact
from plugins.catalog.services import Person
from plugins.playlists import plugin, services
from plugins.playlists.services import moderating


def sees_playlist(person: Person | None, playlist_id: int) -> bool:
    """Whether somebody may know of a playlist."""
    return is_found(services.playlist_detail, person, playlist_id)


@plugin.contributes(
    "moderation.subject",
    name="playlist",
    word="playlist",
    seen_by=sees_playlist,
    hide=moderating.hide_playlist,
    show=moderating.show_playlist,
    remove=moderating.remove_playlist,
    bring_back=moderating.return_playlist,
    reach=moderating.reach_of_playlists,
)
def playlist(playlist_id: int) -> Evidence | None:
    """A playlist by its words; its songs are cases of their own."""
    return moderating.playlist_evidence(playlist_id)


@plugin.contributes("site.withheld", name="playlists.lists")
def withheld(person: Person | None, addresses: Collection[str]) -> Collection[str]:
    """Addresses of lists that are hidden, removed, deleted or private."""
    return moderating.withheld_lists(person, addresses)


@plugin.contributes("site.fact", name="playlists.with_song", about="song")
def lists_with(song_id: int) -> Mapping[str, Fact]:
    """In how many playlists a song stands."""
    return {"In playlists": moderating.playlists_with(song_id)}


@plugin.contributes("site.fact", name="playlists.of_person", about="user")
def lists_of(person_id: int) -> Mapping[str, Fact]:
    """How many playlists somebody has."""
    return {"Playlists": moderating.playlists_of(person_id)}
