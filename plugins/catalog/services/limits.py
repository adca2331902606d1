"""What the owner of a site sets for music."""

from musicapp.settings import Settings, setting
from plugins.catalog import plugin

MB = 1 << 20
# The longest bodies that the routes take: a file as large as the setting may allow, or a picture, and the words beside.
LARGEST_UPLOAD = 1100 * MB
LARGEST_FORM = 24 * MB


class CatalogSettings(Settings):
    """Limits of uploads, and how long deleted music can be brought back."""

    upload_mb: int = setting(200, "Largest music file, in MB.", ge=1, le=1024)
    song_minutes: int = setting(180, "Longest song, in minutes.", ge=1, le=1440)
    restorable_days: int = setting(30, "Days for which deleted music can be brought back.", ge=1, le=365)


limits = plugin.settings(CatalogSettings)
