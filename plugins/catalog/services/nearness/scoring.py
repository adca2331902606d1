"""How close songs are to one: counted in common listeners, damped for what everybody hears."""

from collections import Counter
from math import sqrt

from plugins.catalog.services.nearness.gathering import Heard

LEAST_COMMON = 2
ASKED = 200
DOUBT = 2
NEIGHBOURS = 30
OF_ONE_ARTIST = 6


def neighbours(song_id: int, heard: Heard) -> list[tuple[int, float]]:
    """The songs closest to one, each with a score above 0, the closest first; at most `OF_ONE_ARTIST` of an artist.

    Near is what at least two listeners of this song heard too, and more of them than listeners usually do. The score
    is the cosine of the two songs' listeners, which a song that all hear cannot win, times the trust in the count:
    two in common are half as good as many. Of a song that very many hear, the latest `ASKED` are asked.
    """
    listeners = heard.listeners_of[song_id]
    if len(listeners) < LEAST_COMMON:
        return []
    asked = listeners[:ASKED]
    together: Counter[int] = Counter()
    for listener in asked:
        together.update(heard.songs_of[listener])
    del together[song_id]
    scored = []
    for other, common in together.items():
        share, others = common / len(asked), len(heard.listeners_of[other])
        if common >= LEAST_COMMON and share > others / len(heard.songs_of):
            scored.append((other, share * sqrt(len(listeners) / others) * common / (common + DOUBT)))
    return varied(sorted(scored, key=lambda found: (-found[1], found[0])), heard.artist_of)


def varied(scored: list[tuple[int, float]], artist_of: dict[int, int]) -> list[tuple[int, float]]:
    """The first of a list, without more of one artist than a list can bear."""
    of_artist: Counter[int] = Counter()
    kept = []
    for other, score in scored:
        of_artist[artist_of[other]] += 1
        if of_artist[artist_of[other]] <= OF_ONE_ARTIST:
            kept.append((other, score))
        if len(kept) == NEIGHBOURS:
            break
    return kept
