"""What listeners say of music in one gesture: stars, a heart, and that they follow an artist."""

from plugins.catalog.services.marks.favourites import (
    FAVOURITE_KINDS,
    add_favourite,
    favourite_albums,
    favourite_artists,
    favourite_songs,
    remove_favourite,
)
from plugins.catalog.services.marks.follows import follow, followed_artists, followers_of, unfollow
from plugins.catalog.services.marks.marked import NO_MARKS, Marked, Marks, marked_by, marks_of
from plugins.catalog.services.marks.ratings import MOST_STARS, correct_ratings, rate, take_back_rating

__all__ = [
    "FAVOURITE_KINDS",
    "MOST_STARS",
    "NO_MARKS",
    "Marked",
    "Marks",
    "add_favourite",
    "correct_ratings",
    "favourite_albums",
    "favourite_artists",
    "favourite_songs",
    "follow",
    "followed_artists",
    "followers_of",
    "marked_by",
    "marks_of",
    "rate",
    "remove_favourite",
    "take_back_rating",
    "unfollow",
]
