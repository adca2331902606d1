"""How pages say of whom a playlist is, who sees it, and when it changed."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from musicapp.clock import now
from musicapp.pages import day, local
from plugins.playlists.services import PlaylistDetail

KINDS = {"private": "Private playlist", "unlisted": "Playlist for whoever has its address", "public": "Public playlist"}


def kind_words(detail: PlaylistDetail, others: int) -> str:
    """“Private playlist, shared with 3 people”."""
    words = "Smart playlist" if detail.card.is_smart else KINDS[detail.card.visibility]
    if not others:
        return words
    return f"{words}, shared with {'one person' if others == 1 else f'{others} people'}"


def day_words(moment: datetime) -> str:
    """“today”, “yesterday”, “on 12 November 2026”, by the site's clock."""
    on, today = local(moment).date(), local(now()).date()
    if on == today:
        return "today"
    return "yesterday" if on == today - timedelta(days=1) else f"on {day(moment)}"


def all_of(names: Sequence[str]) -> str:
    """“Mira”, “Mira and Jonas”, “Mira, Jonas and Ada”."""
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} and {names[-1]}"
