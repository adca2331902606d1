"""What moderation puts into other plugins' places, what it collects, and what it hears."""

from plugins.moderation.listeners import alerts, subjects

__all__ = ["alerts", "subjects"]
