"""What people are reminded of in music: drafts that wait, releases of tomorrow, and what is new for one listener."""

from plugins.catalog.services.reminding.answers import answers_since
from plugins.catalog.services.reminding.drafts import drafts_waiting, is_still_waiting, note_drafts
from plugins.catalog.services.reminding.news import in_their_genres, of_followed_artists
from plugins.catalog.services.reminding.releases import comes_out_as_planned, releases_tomorrow

__all__ = [
    "answers_since",
    "comes_out_as_planned",
    "drafts_waiting",
    "in_their_genres",
    "is_still_waiting",
    "note_drafts",
    "of_followed_artists",
    "releases_tomorrow",
]
