"""Music and comments as somebody sees them who has to judge them, in whatever state they are."""

from plugins.catalog.services.moderating.evidence.albums import album_evidence
from plugins.catalog.services.moderating.evidence.artists import artist_evidence
from plugins.catalog.services.moderating.evidence.comments import comment_evidence
from plugins.catalog.services.moderating.evidence.people import facts_of_person
from plugins.catalog.services.moderating.evidence.reach import (
    reach_of_albums,
    reach_of_artists,
    reach_of_comments,
    reach_of_songs,
)
from plugins.catalog.services.moderating.evidence.songs import song_evidence

__all__ = [
    "album_evidence",
    "artist_evidence",
    "comment_evidence",
    "facts_of_person",
    "reach_of_albums",
    "reach_of_artists",
    "reach_of_comments",
    "reach_of_songs",
    "song_evidence",
]
