"""Smart playlists, whose songs rules choose each time that somebody looks, and how they become plain ones."""

from plugins.playlists.services.smart.freezing import choose_by_rules, freeze_playlist
from plugins.playlists.services.smart.presets import PRESETS, Preset
from plugins.playlists.services.smart.songs import count_smart, kept_rules, smart_songs

__all__ = ["PRESETS", "Preset", "choose_by_rules", "count_smart", "freeze_playlist", "kept_rules", "smart_songs"]
