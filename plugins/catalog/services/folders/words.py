"""What a song's row says of its file, and how one sees whether somebody edited it since."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from plugins.catalog.media import Facts
from plugins.catalog.models import fold
from plugins.catalog.services.folders.arriving import Arrival
from plugins.catalog.services.versions.choosing import waits_for_version

WORDS = ("title", "artist_id", "album_id", "genre_id", "track_no", "disc_no", "year", "lyrics", "licence")


def words_of(arrival: Arrival) -> dict[str, Any]:
    """The columns of a song that its tags decide."""
    tags, named = arrival.facts.tags, arrival.named
    return {
        "title": named.title,
        "title_key": fold(named.title),
        "artist_id": arrival.artist_id,
        "album_id": arrival.album_id,
        "genre_id": arrival.genre_id,
        "track_no": tags.track_no,
        "disc_no": tags.disc_no,
        "year": tags.year,
        "lyrics": tags.lyrics or "",
        "licence": tags.licence or "",
        "credits": [{"role": "Guest", "name": named.guests}] if named.guests else [],
    }


def file_values(arrival: Arrival) -> dict[str, Any]:
    """The columns of a song that its file decides."""
    facts, length = arrival.facts, arrival.facts.length
    return {
        "state": "ready" if is_ready(facts) else "processing",
        "problem": "",
        "file_name": arrival.file_name,
        "audio_key": arrival.taken.key,
        "audio_mime": facts.mime,
        "audio_bytes": facts.size_bytes,
        "audio_sha256": facts.sha256,
        "duration_s": length.duration_s,
        "bitrate_kbps": length.bitrate_kbps,
        "sample_rate_hz": length.sample_rate_hz,
        "channels": length.channels,
    }


def is_ready(facts: Facts) -> bool:
    """Whether a song can be heard at once: it says how long it lasts, and browsers play it as it is."""
    return facts.length.duration_s is not None and not waits_for_version(facts.mime)


def words_hash(words: Mapping[str, Any]) -> str:
    """A hash of a song's words; as long as it stays the same nobody has edited them."""
    return hashlib.sha256(json.dumps([words[name] for name in WORDS]).encode()).hexdigest()
