"""What moderation puts into other plugins' places, what it collects, and what it hears."""

from plugins.moderation.listeners import alerts, appeals, exports, numbers, personal_data, reports, subjects

__all__ = ["alerts", "appeals", "exports", "numbers", "personal_data", "reports", "subjects"]
