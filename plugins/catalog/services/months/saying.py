"""A listener's month or year as blocks: what a page shows of it and a mail says of it."""

from collections.abc import Sequence
from datetime import date, timedelta

from musicapp.addresses import url_of
from musicapp.blocks import Block, Calendar, Feature, Figure, Figures, Headline, Line, Ranking, Series, Tiles, Words
from musicapp.blocks.numbers import in_words
from musicapp.spans import Span
from plugins.catalog.services.months.community import Community
from plugins.catalog.services.months.listening import Listening, NamedArtist, Times
from plugins.catalog.services.months.sums import NOTHING
from plugins.catalog.services.records import song_cover_url
from plugins.catalog.services.rows import SongRow

A_DAY = timedelta(days=1)
MONTHS = tuple(date(2000, month, 1).strftime("%b") for month in range(1, 13))
OFTEN = 2


def headline(heard: Listening, span: Span, *, when: str = "") -> list[Block]:
    """How long they heard music, and of how many artists."""
    when = when or f"{span.last:%B}"
    before = heard.before.heard_ms or None
    if not heard.total.heard_ms:
        words = f"of music. In the time before it was {in_words(before or 0, 'ms')}."
        return [Headline(Figure(f"Heard in {when}", 0, None, "ms"), words)]
    words = f"of music from {counted(heard.artists_count, 'artist')}."
    new = heard.new_artists_count
    if 0 < new < heard.artists_count:
        words += f" {new:,} of them {'was' if new == 1 else 'were'} new to you, or long not heard."
    return [Headline(Figure(f"Heard in {when}", heard.total.heard_ms, before, "ms", good=""), words)]


def calendar(heard: Listening, span: Span) -> list[Block]:
    """Each day of a month, and the longest of them."""
    if not heard.total.heard_ms:
        return []
    values: list[float] = [heard.days.get(day, NOTHING).heard_ms for day in days_of(span)]
    longest = max(heard.days, key=lambda day: (heard.days[day].heard_ms, day))
    most = in_words(heard.days[longest].heard_ms, "ms")
    words = f"Each square is a day. Your longest: {longest:%A} the {ordinal(longest.day)}, {most}."
    return [Calendar("When you listened", span.first, values, "ms", words)]


def through_the_year(heard: Listening, span: Span) -> list[Block]:
    """The months of a year, beside those of the year before where there are any."""
    if not heard.total.heard_ms:
        return []
    ms = [0.0] * len(MONTHS)
    for day, more in heard.days.items():
        # The last days of the December before belong to the first month that was told of in this year.
        ms[day.month - 1 if day.year == span.last.year else 0] += more.heard_ms
    return [Series("Month by month", list(MONTHS), ms, unit="ms")]


def album(heard: Listening, _span: Span, *, of: str = "month") -> list[Block]:
    """The album that they heard most."""
    if heard.album is None:
        return []
    one = heard.album.of
    picture = url_of("catalog.album_cover", album_id=one.id, size=600, v=one.cover_id) if one.cover_id else ""
    line = Line(one.title, one.artist_name, url_of("catalog.album", album_id=one.id), picture)
    words = f"{counted(heard.album.plays, 'play')} of its songs, {in_words(heard.album.heard_ms, 'ms')}."
    return [Feature(f"Album of your {of}", line, words, one.tint)]


def songs(heard: Listening, _span: Span, *, title: str) -> list[Block]:
    """The songs that they came back to most."""
    often = [song for song in heard.songs if song.plays >= OFTEN]
    return [Ranking(title, list(map(song_line, often)), "times")] if often else []


def artists(heard: Listening, _span: Span, *, title: str) -> list[Block]:
    """The artists that they heard most, by time."""
    by_time = sorted(heard.artists, key=lambda artist: -artist.heard_ms)
    return [Ranking(title, list(map(artist_line, by_time)), unit="ms")] if by_time else []


def discoveries(heard: Listening, _span: Span) -> list[Block]:
    """What they found of artists whom they had not heard for long."""
    if not heard.discoveries or heard.new_artists_count == heard.artists_count:
        return []
    return [Tiles("New to you, or long not heard", [tile(song) for song in heard.discoveries])]


def compared(heard: Listening, span: Span) -> list[Block]:
    """The numbers of the month beside those of the month before."""
    if not heard.before.plays or not heard.total.plays:
        return []
    days = len(heard.days)
    a_day, a_day_before = heard.total.heard_ms / days, heard.before.heard_ms / max(heard.days_before, 1)
    return [
        Figures(
            [
                Figure("Plays", heard.total.plays, heard.before.plays, good=""),
                Figure("Days with music", days, heard.days_before, words=f"of {span.days}", good=""),
                Figure("On such a day", a_day, a_day_before, "ms", good=""),
            ]
        )
    ]


def community(found: Community) -> list[Block]:
    """What all others did, where they are enough that nobody stands out."""
    sentences = []
    if found.listeners is not None and found.heard_ms is not None:
        hours = round(found.heard_ms / 3_600_000)
        sentences.append(f"{found.listeners:,} people listened, and {counted(hours, 'hour')} of music were heard.")
    if found.songs:
        of_albums = f" {counted(found.albums, 'album')} and" if found.albums else ""
        sentences.append(f"New here:{of_albums} {counted(found.songs, 'song')}.")
    return [Words(" ".join(sentences))] if sentences else []


def song_line(song: Times[SongRow]) -> Line:
    url = url_of("catalog.song", song_id=song.of.id)
    picture = song_cover_url(song.of, 96) or ""
    return Line(song.of.title, song.of.artist_name, url, picture, song.plays, tint=song.of.tint)


def artist_line(artist: Times[NamedArtist]) -> Line:
    one = artist.of
    picture = url_of("catalog.artist_cover", artist_id=one.id, size=96, v=one.cover_id) if one.cover_id else ""
    return Line(one.name, "", url_of("catalog.artist", artist_id=one.id), picture, artist.heard_ms, tint=one.tint)


def tile(song: Times[SongRow]) -> Line:
    """A song by its album, where it has one."""
    of, picture = song.of, song_cover_url(song.of) or ""
    if of.album_id is None:
        return Line(of.title, of.artist_name, url_of("catalog.song", song_id=of.id), picture, tint=of.tint)
    url = url_of("catalog.album", album_id=of.album_id)
    return Line(of.album_title or "", of.artist_name, url, picture, tint=of.tint)


def days_of(span: Span) -> Sequence[date]:
    return [span.first + place * A_DAY for place in range(span.days)]


def counted(number: int, word: str) -> str:
    """1 → “1 artist”; 48 → “48 artists”."""
    return f"{number:,} {word}" if number == 1 else f"{number:,} {word}s"


def ordinal(number: int) -> str:
    """1 → 1st, 12 → 12th, 22 → 22nd."""
    ending = "th" if 10 < number % 100 < 14 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"
