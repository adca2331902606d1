"""Sharing what is in no list: secret links that end, and what they let who opened them see."""

from plugins.catalog.services.sharing.links import (
    ShareLinkRow,
    forget_ended_links,
    links_to,
    make_link,
    open_link,
    shared_subject,
    withdraw_link,
)
from plugins.catalog.services.sharing.opened import MOST_OPENED, ask_who_opened, is_opened
from plugins.catalog.services.sharing.sounds import sounds_of

__all__ = [
    "MOST_OPENED",
    "ShareLinkRow",
    "ask_who_opened",
    "forget_ended_links",
    "is_opened",
    "links_to",
    "make_link",
    "open_link",
    "shared_subject",
    "sounds_of",
    "withdraw_link",
]
