"""Where playlists show in other plugins' places, and what they do when others tell of something."""

from plugins.playlists.listeners import exports, pages, reports

__all__ = ["exports", "pages", "reports"]
