"""What artists read in their monthly report, and who they are."""

from collections.abc import Sequence

from musicapp.spans import Span
from plugins.catalog import plugin
from plugins.catalog.listeners.sections import contribute
from plugins.catalog.services.audience.monthly import plays_and_people, top_songs, where_from
from plugins.catalog.services.audience.publishing import published_artists


@plugin.contributes(
    "reports.audience",
    name="artist",
    title="Artists",
    words="Everybody who publishes as an artist, for each artist with published songs.",
)
def artists(span: Span, after: tuple[int, int], limit: int) -> Sequence[tuple[int, int, str]]:
    """The accounts of artists, each with the artist."""
    return published_artists(after, limit)


contribute("artist", 10, "artist_plays", "", plays_and_people)
contribute("artist", 20, "artist_songs", "Top songs", top_songs)
contribute("artist", 30, "artist_sources", "Found through", where_from)
