"""What of music people take out as sheets: the rows of each, one by one, with nobody in them who is not to be seen."""

from plugins.catalog.services.sheets.comments import comment_count, comment_rows
from plugins.catalog.services.sheets.followers import follower_day_count, follower_days
from plugins.catalog.services.sheets.mine import favourite_count, favourite_rows, own_play_count, own_play_rows
from plugins.catalog.services.sheets.owners import artist_title, own_artists
from plugins.catalog.services.sheets.plays import day_count, day_rows, play_count, play_rows
from plugins.catalog.services.sheets.ratings import rating_count, rating_rows
from plugins.catalog.services.sheets.songs import song_count, song_rows

__all__ = [
    "artist_title",
    "comment_count",
    "comment_rows",
    "day_count",
    "day_rows",
    "favourite_count",
    "favourite_rows",
    "follower_day_count",
    "follower_days",
    "own_artists",
    "own_play_count",
    "own_play_rows",
    "play_count",
    "play_rows",
    "rating_count",
    "rating_rows",
    "song_count",
    "song_rows",
]
