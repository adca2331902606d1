"""What other plugins may do with the inbox: tell people something, and say which kinds of alerts there are."""

from plugins.inbox.services.by_mail import preferences_url
from plugins.inbox.services.kinds import AlertKind, AlertKinds
from plugins.inbox.services.preferences import who_wants_mail
from plugins.inbox.services.telling import tell

__all__ = ["AlertKind", "AlertKinds", "preferences_url", "tell", "who_wants_mail"]
