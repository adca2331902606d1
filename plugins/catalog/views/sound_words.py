"""The sound of a song in words for its page: what the file is, and how loud."""

from plugins.catalog.links import SongLink
from plugins.catalog.services import SongDetail

FORMATS = {
    "audio/mpeg": "MP3",
    "audio/flac": "FLAC",
    "audio/ogg": "Ogg",
    "audio/wav": "WAV",
    "audio/aiff": "AIFF",
    "audio/mp4": "M4A",
}
CHANNELS = {1: "mono", 2: "stereo"}
HEARD_DB = 0.5


def format_words(detail: SongDetail) -> str:
    """The file as it was uploaded: “FLAC, 44.1 kHz, stereo”; lossy ones say their bitrate too."""
    words = [FORMATS.get(detail.row.audio_mime, "")]
    if detail.bitrate_kbps:
        words.append(f"{detail.bitrate_kbps} kbit/s")
    if detail.sample_rate_hz:
        words.append(f"{detail.sample_rate_hz / 1000:g} kHz")
    if detail.channels:
        words.append(CHANNELS.get(detail.channels, f"{detail.channels} channels"))
    return ", ".join(filter(None, words))


def loudness_words(detail: SongDetail, link: SongLink) -> str:
    """How loud a song is, and what levelling does to it; "" before it was measured."""
    loudness, gain = detail.row.loudness_lufs, link["gain_db"]
    if loudness is None or gain is None:
        return ""
    measured = f"{loudness:.1f} LUFS".replace("-", "−")
    if abs(gain) < HEARD_DB:
        return f"{measured}; levelling leaves it as it is"
    return f"{measured}; levelling plays it {abs(gain):.1f} dB {'louder' if gain > 0 else 'softer'}"
