"""What other plugins may do with the inbox: tell people something, and say which kinds of alerts there are."""

from plugins.inbox.services.kinds import AlertKind
from plugins.inbox.services.telling import tell

__all__ = ["AlertKind", "tell"]
