"""The pages of the inbox: what one was told, how one wants to be told, and the way out of a mail."""

from plugins.inbox.views import alerts, preferences, unsubscribing

__all__ = ["alerts", "preferences", "unsubscribing"]
