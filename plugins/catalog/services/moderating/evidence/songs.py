"""A song as evidence: it can be heard, and its file, plays and rights speak."""

from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from musicapp.addresses import url_of
from musicapp.database import session
from musicapp.evidence import Evidence, Fact, SoundEvidence, facts_about
from plugins.catalog.models import Album, Artist, Genre, Song
from plugins.catalog.services.attesting import WORDS
from plugins.catalog.services.membership import accounts_of
from plugins.catalog.services.moderating.evidence.parts import day_of, ended, listeners_of, picture_url, said, state_of
from plugins.catalog.services.rows import SHOWN_TINT
from plugins.catalog.services.sound_words import file_words

ALIKE_NAMED = 5


def song_evidence(song_id: int) -> Evidence | None:
    """A song in any state with what helps to judge it; None where it is gone for good."""
    columns = sa.select(Song, Artist.name, Album.title, Album.cover_id, Genre.name, SHOWN_TINT).where(
        Song.id == song_id
    )
    joined = columns.join(Artist, Artist.id == Song.artist_id).outerjoin(Album, Album.id == Song.album_id)
    row = session().execute(joined.outerjoin(Genre, Genre.id == Song.genre_id)).one_or_none()
    if row is None:
        return None
    song, artist, album, album_cover_id, genre, tint = row
    reach = listeners_of(Song.id == song_id)
    facts: dict[str, Fact | None] = {"Album": album, "Genre": genre, "Listeners": reach, **facts_of(song)}
    return Evidence(
        title=song.title,
        url=url_of("catalog.song", song_id=song_id),
        by=artist,
        by_url=url_of("catalog.artist", artist_id=song.artist_id),
        owner_ids=frozenset(accounts_of(song.artist_id)),
        picture_url=picture_url("song", song_id, song.cover_id or album_cover_id),
        tint=tint,
        words=song.description,
        facts={**said(facts), **facts_about("song", song_id)},
        sound=sound_of(song),
        state=state_of(song.hidden_at, song.deleted_at),
        labelled=song.explicit_said is not None,
        reach=reach,
        published_at=song.published_at,
    )


def facts_of(song: Song) -> dict[str, Fact | None]:
    """What a song's own row says of it."""
    return {
        "File": song.file_name,
        "Format": file_words(song.audio_mime, song.bitrate_kbps, song.sample_rate_hz, song.channels),
        "Plays": song.plays,
        "Ratings": song.ratings_count,
        "Explicit": "yes" if song.explicit else "no",
        "Licence": song.licence,
        "Rights": rights_said(song),
        "Uploaded": day_of(song.created_at),
        "Year": song.year,
        "Same sound": ", ".join(f"“{title}” by {name}" for title, name in same_sound_anywhere(song)),
        "Lyrics": "yes" if song.lyrics else "no",
        **ended(song.deleted_at, song.removed_at),
    }


def rights_said(song: Song) -> str:
    """That somebody said they may publish it, when, and in which words."""
    if song.rights_confirmed_at is None:
        return "Nobody said so"
    words = f": “{WORDS[song.rights_words]}”" if song.rights_words in WORDS else ""
    return f"Confirmed {day_of(song.rights_confirmed_at)}{words}"


def sound_of(song: Song) -> SoundEvidence | None:
    """What the staff hear of it; nothing of what its artist deleted."""
    if song.state != "ready" or song.duration_s is None or (song.deleted_at and not song.removed_at):
        return None
    audio, peaks = (url_of(f"catalog.api.song_{name}", song_id=song.id) for name in ("audio", "peaks"))
    return SoundEvidence(audio, peaks, song.duration_s)


def same_sound_anywhere(song: Song) -> list[Any]:
    """Titles and artists of other songs with the very same sound, whoever's they are, the oldest first; none for a
    song whose sound is not known yet."""
    if song.sound_sha256 is None:
        return []
    other = aliased(Song)
    is_same = other.sound_sha256 == song.sound_sha256
    query = sa.select(other.title, Artist.name).join(Artist, Artist.id == other.artist_id)
    alike = query.where(is_same, other.id != song.id, other.deleted_at.is_(None))
    return list(session().execute(alike.order_by(other.id).limit(ALIKE_NAMED)))
