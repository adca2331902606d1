"""Smart playlists, whose songs rules choose each time that somebody looks."""

from plugins.playlists.services.smart.presets import PRESETS, Preset
from plugins.playlists.services.smart.songs import count_smart, kept_rules, smart_songs

__all__ = ["PRESETS", "Preset", "count_smart", "kept_rules", "smart_songs"]
