"""What this plugin does when the site starts, and what it puts into others' places."""

from plugins.auth.listeners import exports, imports, moderation, moving, numbers, pages, personal_data, reports

__all__ = ["exports", "imports", "moderation", "moving", "numbers", "pages", "personal_data", "reports"]
