"""What moderation puts into other plugins' places, what it collects, and what it hears."""

from plugins.moderation.listeners import alerts, exports, numbers, personal_data, reports, subjects

__all__ = ["alerts", "exports", "numbers", "personal_data", "reports", "subjects"]
