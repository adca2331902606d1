"""The verbs of playlists, for pages, the API, jobs and other plugins: here it is decided who may do and see what."""

from plugins.playlists.services.cards import PlaylistCard
from plugins.playlists.services.counting import Counts, counts_of
from plugins.playlists.services.deleting import DeletedPlaylist, delete_playlist, deleted_playlists, restore_playlist
from plugins.playlists.services.detail import PlaylistDetail, playlist_by_name, playlist_detail, playlist_meant
from plugins.playlists.services.entries import (
    EntryRow,
    add_songs,
    all_songs,
    bring_back_entries,
    entries_of,
    move_entries,
    order_entries,
    order_songs,
    remove_entries,
    remove_song,
    remove_song_everywhere,
    removed_entries,
    set_songs,
    step_entry,
)
from plugins.playlists.services.following import follow_playlist, unfollow_playlist
from plugins.playlists.services.history import ChangeRow, changes_of
from plugins.playlists.services.latest import LatestPlaylist, latest_playlists
from plugins.playlists.services.limits import PlaylistsSettings, limits
from plugins.playlists.services.lists import (
    followed_playlists,
    own_playlists,
    playlists_to_fill,
    public_playlists,
    shared_playlists,
)
from plugins.playlists.services.making import PlaylistWords, change_cover, change_playlist, create_playlist
from plugins.playlists.services.people import (
    ROLES,
    Invitation,
    Member,
    add_collaborator,
    collaborators_of,
    invitation_of,
    invitations_to,
    invite,
    join,
    members_of_playlist,
    remove_collaborator,
    set_role,
    withdraw_invitation,
)
from plugins.playlists.services.pictures import Picture, Size, chosen_cover
from plugins.playlists.services.searching import find_playlists
from plugins.playlists.services.smart import PRESETS, Preset, count_smart
from plugins.playlists.services.smart.freezing import choose_by_rules, freeze_playlist

__all__ = [
    "PRESETS",
    "ROLES",
    "ChangeRow",
    "Counts",
    "DeletedPlaylist",
    "EntryRow",
    "Invitation",
    "LatestPlaylist",
    "Member",
    "Picture",
    "PlaylistCard",
    "PlaylistDetail",
    "PlaylistWords",
    "PlaylistsSettings",
    "Preset",
    "Size",
    "add_collaborator",
    "add_songs",
    "all_songs",
    "bring_back_entries",
    "change_cover",
    "change_playlist",
    "changes_of",
    "choose_by_rules",
    "chosen_cover",
    "collaborators_of",
    "count_smart",
    "counts_of",
    "create_playlist",
    "delete_playlist",
    "deleted_playlists",
    "entries_of",
    "find_playlists",
    "follow_playlist",
    "followed_playlists",
    "freeze_playlist",
    "invitation_of",
    "invitations_to",
    "invite",
    "join",
    "latest_playlists",
    "limits",
    "members_of_playlist",
    "move_entries",
    "order_entries",
    "order_songs",
    "own_playlists",
    "playlist_by_name",
    "playlist_detail",
    "playlist_meant",
    "playlists_to_fill",
    "public_playlists",
    "remove_collaborator",
    "remove_entries",
    "remove_song",
    "remove_song_everywhere",
    "removed_entries",
    "restore_playlist",
    "set_role",
    "set_songs",
    "shared_playlists",
    "step_entry",
    "unfollow_playlist",
    "withdraw_invitation",
]
