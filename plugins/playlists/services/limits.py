"""What the owner of a site sets for playlists."""

from musicapp.settings import Settings, setting
from plugins.playlists import plugin


class PlaylistsSettings(Settings):
    """How long playlists may get, and how long what was removed can be brought back."""

    songs_per_playlist: int = setting(10_000, "Most songs of one playlist.", ge=1, le=100_000)
    restorable_days: int = setting(
        30, "Days for which deleted playlists, and songs removed from them, can be brought back.", ge=1, le=365
    )
    removed_days: int = setting(
        90,
        "Days for which playlists that moderators removed are kept, so that an appeal can bring them back. They are "
        "kept longer where appeals can be made and answered for longer.",
        ge=14,
        le=730,
    )


limits = plugin.settings(PlaylistsSettings)
