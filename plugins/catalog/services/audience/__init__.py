"""Who hears an artist: counted by a job into sums by day, read by the studio, the API, reports and exports."""

from plugins.catalog.services.audience.counting import count_artists, count_audiences
from plugins.catalog.services.audience.floor import FLOOR
from plugins.catalog.services.audience.hearing import SPANS
from plugins.catalog.services.audience.marks import Marks
from plugins.catalog.services.audience.releases import Release
from plugins.catalog.services.audience.statistics import ArtistStatistics, TopSong, artist_statistics
from plugins.catalog.services.audience.ways import WAYS

__all__ = [
    "FLOOR",
    "SPANS",
    "WAYS",
    "ArtistStatistics",
    "Marks",
    "Release",
    "TopSong",
    "artist_statistics",
    "count_artists",
    "count_audiences",
]
