"""Which songs go together: counted from what listeners hear, guessed from genre, artist and year where that is little.

`gathering`, `scoring` and `keeping` are the job that counts, `candidates` and `asking` answer from what it kept.
"""

from plugins.catalog.services.nearness.asking import artists_near, similar_songs, songs_like
from plugins.catalog.services.nearness.candidates import Candidate, Seed, candidates_of, like_seed, spread
from plugins.catalog.services.nearness.keeping import keep_near_songs
from plugins.catalog.services.nearness.seeds import SEED_KINDS, seed_of, seed_of_song

__all__ = [
    "SEED_KINDS",
    "Candidate",
    "Seed",
    "artists_near",
    "candidates_of",
    "keep_near_songs",
    "like_seed",
    "seed_of",
    "seed_of_song",
    "similar_songs",
    "songs_like",
    "spread",
]
