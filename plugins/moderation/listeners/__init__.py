"""What moderation puts into other plugins' places, what it collects, and what it hears."""

from plugins.moderation.listeners import alerts, numbers, personal_data, subjects

__all__ = ["alerts", "numbers", "personal_data", "subjects"]
