"""What the owner of a site sets for music."""

from typing import Literal

from musicapp.settings import Settings, setting
from plugins.catalog import plugin

MB = 1 << 20
# The longest bodies that the routes take: a file as large as the setting may allow, or a picture, and the words beside.
LARGEST_UPLOAD = 1100 * MB
LARGEST_FORM = 24 * MB


class CatalogSettings(Settings):
    """Limits of uploads, how long deleted music can be brought back, and the folder that is watched."""

    upload_mb: int = setting(200, "Largest music file, in MB.", ge=1, le=1024)
    song_minutes: int = setting(180, "Longest song, in minutes.", ge=1, le=1440)
    artist_quota_mb: int = setting(
        0, "Room for the music of each artist, in MB: what is kept and what is being uploaded. 0: no limit.", ge=0
    )
    unfinished_days: int = setting(3, "Days for which an upload that broke off can be gone on with.", ge=1, le=30)
    stream_format: Literal["original", "opus", "mp3"] = setting(
        "mp3", "Format of the versions that are made of songs and streamed. `original`: none are made."
    )
    stream_kbps: int = setting(192, "Their bitrate, in kbit/s.", ge=32, le=320)
    converted: Literal["unplayable", "lossless"] = setting(
        "unplayable",
        "Of which songs: of those that most browsers cannot play, or of all lossless ones, which saves data.",
    )
    comments_in_ten_minutes: int = setting(
        20, "Most comments of one person within 10 minutes. 0: nobody writes comments; those that are here stay.", ge=0
    )
    restorable_days: int = setting(30, "Days for which deleted music can be brought back.", ge=1, le=365)
    removed_days: int = setting(
        90,
        "Days for which what moderators removed is kept, so that an appeal can bring it back. It is kept longer where "
        "appeals can be made and answered for longer.",
        ge=14,
        le=730,
    )
    watched_folder: str = setting(
        "", "Folder whose music is taken in by itself, as an absolute path.", by_environment=True
    )
    watched_minutes: int = setting(15, "Minutes between two looks at it; looks begin every five.", ge=5, le=1440)
    watched_publish: bool = setting(False, "Let listeners hear its music at once; otherwise it is a draft.")
    watched_artist: str = setting(
        "", "The one artist under whom its music is put, whatever the tags say.", max_length=120
    )


limits = plugin.settings(CatalogSettings)
