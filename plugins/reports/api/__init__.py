"""Reports as JSON, by subject."""

from plugins.reports.api import chats, exports, monthly

__all__ = ["chats", "exports", "monthly"]
