"""The JSON API of moderation: the services in other clothes."""

from plugins.moderation.api import deciding, flags, own, reports

__all__ = ["deciding", "flags", "own", "reports"]
