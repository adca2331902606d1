"""The file of a song in words."""

FORMATS = {
    "audio/mpeg": "MP3",
    "audio/flac": "FLAC",
    "audio/ogg": "Ogg",
    "audio/wav": "WAV",
    "audio/aiff": "AIFF",
    "audio/mp4": "M4A",
}
CHANNELS = {1: "mono", 2: "stereo"}


def file_words(mime: str, bitrate_kbps: int | None, sample_rate_hz: int | None, channels: int | None) -> str:
    """What a file is: “FLAC, 44.1 kHz, stereo”; lossy ones say their bitrate too."""
    words = [FORMATS.get(mime, "")]
    if bitrate_kbps:
        words.append(f"{bitrate_kbps} kbit/s")
    if sample_rate_hz:
        words.append(f"{sample_rate_hz / 1000:g} kHz")
    if channels:
        words.append(CHANNELS.get(channels, f"{channels} channels"))
    return ", ".join(filter(None, words))
