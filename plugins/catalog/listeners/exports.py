"""What of music can be taken out as a sheet."""

from collections.abc import Iterator
from typing import Any

from musicapp.sheets import Column, Value
from musicapp.spans import Span
from plugins.catalog import plugin
from plugins.catalog.services import sheets

Row = tuple[Value, ...]
OF_ARTIST: dict[str, Any] = {"scope": "artist", "subjects": sheets.own_artists, "title_of": sheets.artist_title}
SONG_ID = Column("song_id", "The song's number on this site.", "whole number")
SONG = Column("song", "Its title.")
ALBUM = Column("album", "The title of its album; empty for a single.")
DAY = Column("day", "The day on the clock of this site.", "day")
HEARD = Column("heard_s", "Seconds that were heard.", "whole number")
COMPLETED = Column("completed", "Whether it was heard to the end.", "yes or no")


@plugin.contributes(
    "reports.export",
    name="catalog.songs",
    title="Songs",
    words="All your songs, in any state, with what is known of each.",
    columns=[
        SONG_ID,
        SONG,
        ALBUM,
        Column("disc", "The number of its disc.", "whole number"),
        Column("track", "Its number on the album.", "whole number"),
        Column("genre", "Its genre."),
        Column("year", "The year that it names.", "whole number"),
        Column("duration_s", "Its length in seconds.", "whole number"),
        Column("explicit", "Whether it is marked as explicit.", "yes or no"),
        Column("licence", "Under which licence it is published."),
        Column("plays", "How often it was played in all.", "whole number"),
        Column("ratings", "How many listeners rated it.", "whole number"),
        Column("stars", "The mean of their stars, 1 to 5.", "number"),
        Column("state", "published, scheduled, draft, hidden, processing or unreadable."),
        Column("published_at", "When it was or will be published (UTC).", "moment"),
        Column("uploaded_at", "When it was uploaded (UTC).", "moment"),
    ],
    count=sheets.song_count,
    **OF_ARTIST,
)
def songs(person_id: int, artist_id: int, span: Span) -> Iterator[Row]:
    """The songs of an artist."""
    return sheets.song_rows(person_id, artist_id, span)


@plugin.contributes(
    "reports.export",
    name="catalog.plays_by_day",
    title="Plays by day and song",
    words="How often each song was played on each day; the numbers of the statistics page.",
    columns=[
        DAY,
        SONG_ID,
        SONG,
        ALBUM,
        Column("plays", "How often it was played on this day.", "whole number"),
        Column("heard_s", "Seconds that were heard of it on this day.", "whole number"),
    ],
    count=sheets.day_count,
    dated=True,
    **OF_ARTIST,
)
def plays_by_day(person_id: int, artist_id: int, span: Span) -> Iterator[Row]:
    """The plays of an artist by day and song."""
    return sheets.day_rows(person_id, artist_id, span)


@plugin.contributes(
    "reports.export",
    name="catalog.plays",
    title="Plays",
    words="Each play that counts, by day and song. Who listened, and at which hour, is not in it.",
    columns=[
        DAY,
        SONG_ID,
        SONG,
        ALBUM,
        Column(
            "heard_s", "Seconds that were heard; empty where fewer than three listeners heard the song.", "whole number"
        ),
        Column("completed", "Whether it was heard to the end; empty as heard_s.", "yes or no"),
        Column("source", "From where, as album or search; “other” where fewer than three listeners came from there."),
    ],
    count=sheets.play_count,
    dated=True,
    **OF_ARTIST,
)
def plays(person_id: int, artist_id: int, span: Span) -> Iterator[Row]:
    """The counted plays of an artist."""
    return sheets.play_rows(person_id, artist_id, span)


@plugin.contributes(
    "reports.export",
    name="catalog.ratings",
    title="Ratings",
    words="How many stars listeners gave to each song.",
    columns=[
        SONG_ID,
        SONG,
        *(Column(f"stars_{n}", f"How many listeners gave {n} of 5 stars.", "whole number") for n in range(1, 6)),
        Column("ratings", "How many rated it.", "whole number"),
        Column("stars", "The mean of their stars.", "number"),
    ],
    count=sheets.rating_count,
    **OF_ARTIST,
)
def ratings(person_id: int, artist_id: int, span: Span) -> Iterator[Row]:
    """The ratings of an artist's songs."""
    return sheets.rating_rows(person_id, artist_id, span)


@plugin.contributes(
    "reports.export",
    name="catalog.comments",
    title="Comments",
    words="What people wrote about your songs and albums.",
    columns=[
        Column("comment_id", "The comment's number on this site.", "whole number"),
        Column("written_at", "When it was written (UTC).", "moment"),
        Column("about", "song or album."),
        Column("about_id", "The number of the song or album.", "whole number"),
        Column("title", "Its title."),
        Column("at_s", "The second of the song that the comment speaks of.", "number"),
        Column("author", "The name of who wrote it; empty once the account is gone."),
        Column("text", "What they wrote."),
        Column("reply_to", "The number of the comment that it answers.", "whole number"),
        Column("edited_at", "When its words were changed last (UTC).", "moment"),
    ],
    count=sheets.comment_count,
    **OF_ARTIST,
)
def comments(person_id: int, artist_id: int, span: Span) -> Iterator[Row]:
    """The comments on an artist's songs and albums."""
    return sheets.comment_rows(person_id, artist_id, span)


@plugin.contributes(
    "reports.export",
    name="catalog.followers",
    title="Followers by day",
    words="How many began to follow on each day, of those who still do. Who they are is not in it.",
    columns=[
        DAY,
        Column("new", "How many began to follow on this day.", "whole number"),
        Column("followers", "How many there were at its end.", "whole number"),
    ],
    count=sheets.follower_day_count,
    **OF_ARTIST,
)
def followers(person_id: int, artist_id: int, span: Span) -> Iterator[Row]:
    """The followers of an artist by day."""
    return sheets.follower_days(person_id, artist_id, span)


@plugin.contributes(
    "reports.export",
    name="catalog.my_plays",
    title="Your history",
    words="What you heard, play by play, as far as it is in your history.",
    columns=[
        Column("played_at", "When it began (UTC).", "moment"),
        SONG,
        Column("artist", "Whose it is."),
        ALBUM,
        HEARD,
        COMPLETED,
        Column("source", "From where it was played, as album, playlist or search."),
    ],
    count=sheets.own_play_count,
    dated=True,
)
def my_plays(person_id: int, subject_id: int, span: Span) -> Iterator[Row]:
    """A listener's own history."""
    return sheets.own_play_rows(person_id, subject_id, span)


@plugin.contributes(
    "reports.export",
    name="catalog.my_favourites",
    title="Your favourites",
    words="The songs, albums and artists that you keep.",
    columns=[
        Column("kind", "song, album or artist."),
        Column("title", "Its title, or the artist's name."),
        Column("artist", "Whose it is."),
        Column("added_at", "Since when you keep it (UTC).", "moment"),
        Column("id", "Its number on this site.", "whole number"),
    ],
    count=sheets.favourite_count,
)
def my_favourites(person_id: int, subject_id: int, span: Span) -> Iterator[Row]:
    """What a listener keeps."""
    return sheets.favourite_rows(person_id, subject_id, span)
