"""What the monthly report says to an artist: the numbers of the studio for the days since the last report."""

from collections.abc import Callable, Mapping

from musicapp.addresses import url_of
from musicapp.blocks import Block, Figure, Figures, Headline, Line, Ranking, Series, Shares, Words
from musicapp.spans import Readers
from plugins.catalog.models import Artist
from plugins.catalog.services.audience.counting import count_artists
from plugins.catalog.services.audience.floor import FLOOR
from plugins.catalog.services.audience.statistics import ArtistStatistics, TopSong, statistics_where
from plugins.catalog.services.audience.ways import WAYS

MOST_SONGS = 5
FEW = f"Fewer than {FLOOR} people listened, so nothing is told of how they came: nobody should be recognised."
Pair = tuple[int, int]
Blocks = Mapping[Pair, list[Block]]


def plays_and_people(readers: Readers) -> Blocks:
    """Plays, listeners, saves, ratings and comments, each against the days before, and plays by day."""
    return told(readers, plays_of)


def top_songs(readers: Readers) -> Blocks:
    """The songs that were played most."""
    return told(readers, songs_of)


def where_from(readers: Readers) -> Blocks:
    """From where listeners came, as far as enough of them did."""
    return told(readers, sources_of)


def told(readers: Readers, say: Callable[[ArtistStatistics], list[Block]]) -> Blocks:
    """Blocks for each reader about their artist; nothing where nobody heard the artist in both spans."""
    found = readers.once("catalog.artist_statistics", lambda: statistics_of(readers))
    return {
        (person_id, artist_id): say(found[artist_id])
        for person_id, artist_id in readers.pairs
        if artist_id in found and (found[artist_id].plays or found[artist_id].plays_before)
    }


def statistics_of(readers: Readers) -> dict[int, ArtistStatistics]:
    """The numbers of all artists whom these readers publish as, each read once, with all plays of the last days."""
    artist_ids = sorted({artist_id for _, artist_id in readers.pairs})
    count_artists(artist_ids)
    numbers = {artist_id: statistics_where(Artist.id == artist_id, readers.span) for artist_id in artist_ids}
    return {artist_id: found for artist_id, found in numbers.items() if found is not None}


def plays_of(found: ArtistStatistics) -> list[Block]:
    headline = Headline(Figure("Plays", found.plays, found.plays_before))
    return [headline, people_of(found), days_of(found), *([Words(FEW)] if found.is_small else [])]


def people_of(found: ArtistStatistics) -> Block:
    """The numbers beside each other; too few listeners are only said to be few."""
    marks, before = found.marks, found.marks_before
    few = f"fewer than {FLOOR}" if found.listeners is None else ""
    rated = f"from {marks.ratings:,}" if marks.ratings else "no ratings"
    return Figures(
        [
            Figure("Listeners", found.listeners, found.listeners_before, words=few),
            Figure("Saves", marks.saves, before.saves),
            Figure("New followers", marks.followers, before.followers),
            Figure("Comments", marks.comments, before.comments),
            Figure("Average rating", marks.average_stars, before.average_stars, unit="stars", words=rated),
        ]
    )


def days_of(found: ArtistStatistics) -> Block:
    """Plays by day; what came out on the day with most of them is named there."""
    most = max(found.series)
    labels = [f"{day.day} {day:%b}" for day in found.days]
    named = (release.title for release in found.releases if found.plays_on(release.day) == most)
    title = next(named, "")
    callout = f"{title} came out" if title else ""
    before = [float(plays) for plays in found.series_before[: len(labels)]] if found.plays_before else []
    return Series("Plays a day", labels, [float(plays) for plays in found.series], before, callout=callout)


def songs_of(found: ArtistStatistics) -> list[Block]:
    lines = [line_of(song) for song in found.songs[:MOST_SONGS]]
    url = f"{url_of('catalog.artist_statistics')}?artist={found.artist_id}"
    return [Ranking("Top songs", lines, "plays", url=url)] if lines else []


def line_of(song: TopSong) -> Line:
    cover = url_of("catalog.song_cover", song_id=song.id, size=96, v=song.cover_id) if song.cover_id else ""
    url = url_of("catalog.song", song_id=song.id)
    return Line(song.title, "", url, cover, song.plays, song.plays_before, song.tint)


def sources_of(found: ArtistStatistics) -> list[Block]:
    lines = [Line(WAYS[source], value=plays) for source, plays in found.sources.items()]
    if found.other_plays and lines:
        lines.append(Line("Other ways", value=found.other_plays))
    return [Shares("Found through", lines, "plays")] if lines else []
