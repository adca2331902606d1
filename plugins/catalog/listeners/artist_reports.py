"""What artists read in their monthly report, and who they are."""

from collections.abc import Sequence
from typing import Any

from musicapp.blocks import Block
from musicapp.spans import Span, for_one
from plugins.catalog import plugin
from plugins.catalog.services.audience.monthly import plays_and_people, top_songs, where_from
from plugins.catalog.services.audience.publishing import published_artists

TO_ARTISTS: dict[str, Any] = {"audience": "artist"}


@plugin.contributes(
    "reports.audience",
    name="artist",
    title="Artists",
    words="Everybody who publishes as an artist, for each artist with published songs.",
)
def artists(span: Span, after: tuple[int, int], limit: int) -> Sequence[tuple[int, int, str]]:
    """The accounts of artists, each with the artist."""
    return published_artists(after, limit)


@plugin.contributes(
    "reports.section", name="catalog.artist_plays", heading="", order=10, for_many=plays_and_people, **TO_ARTISTS
)
def plays(person_id: int, artist_id: int, span: Span) -> Sequence[Block]:
    """Plays, listeners and marks of an artist."""
    return for_one(plays_and_people)(person_id, artist_id, span)


@plugin.contributes(
    "reports.section", name="catalog.artist_songs", heading="Top songs", order=20, for_many=top_songs, **TO_ARTISTS
)
def songs(person_id: int, artist_id: int, span: Span) -> Sequence[Block]:
    """The songs of an artist that were played most."""
    return for_one(top_songs)(person_id, artist_id, span)


@plugin.contributes(
    "reports.section",
    name="catalog.artist_sources",
    heading="Found through",
    order=30,
    for_many=where_from,
    **TO_ARTISTS,
)
def sources(person_id: int, artist_id: int, span: Span) -> Sequence[Block]:
    """From where an artist's listeners came."""
    return for_one(where_from)(person_id, artist_id, span)
