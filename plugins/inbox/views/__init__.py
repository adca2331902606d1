"""The pages of the inbox: what one was told, how one wants to be told, and the ways out of a mail."""

from plugins.inbox.views import alerts, by_mail, preferences, unsubscribing

__all__ = ["alerts", "by_mail", "preferences", "unsubscribing"]
