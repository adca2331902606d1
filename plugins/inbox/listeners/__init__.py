"""The bell, what is told of one's own account, and what is kept of people."""

from plugins.inbox.listeners import alerts, personal_data, second_factor, standing

__all__ = ["alerts", "personal_data", "second_factor", "standing"]
