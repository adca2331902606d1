"""The sound of a song in words for its page: what the file is, and how loud."""

from plugins.catalog.links import SongLink
from plugins.catalog.services import SongDetail
from plugins.catalog.services.sound_words import file_words

HEARD_DB = 0.5


def format_words(detail: SongDetail) -> str:
    """The file as it was uploaded: “FLAC, 44.1 kHz, stereo”; lossy ones say their bitrate too."""
    return file_words(detail.row.audio_mime, detail.bitrate_kbps, detail.sample_rate_hz, detail.channels)


def loudness_words(detail: SongDetail, link: SongLink) -> str:
    """How loud a song is, and what levelling does to it; "" before it was measured."""
    loudness, gain = detail.row.loudness_lufs, link["gain_db"]
    if loudness is None or gain is None:
        return ""
    measured = f"{loudness:.1f} LUFS".replace("-", "−")
    if abs(gain) < HEARD_DB:
        return f"{measured}; levelling leaves it as it is"
    return f"{measured}; levelling plays it {abs(gain):.1f} dB {'louder' if gain > 0 else 'softer'}"
