"""Where playlists show in other plugins' places, and what they do when others tell of something."""

from plugins.playlists.listeners import exports, moderation, pages, personal_data, reports

__all__ = ["exports", "moderation", "pages", "personal_data", "reports"]
