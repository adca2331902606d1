"""The kinds of music files that are known by their content."""

from enum import Enum


class AudioKind(Enum):
    """A kind of music file: its codec's short name, what people, browsers and file names call it, and whether it takes
    ffmpeg to decode it.
    """

    MP3 = ("mp3", "MP3", "audio/mpeg", ".mp3", False)
    FLAC = ("flac", "FLAC", "audio/flac", ".flac", False)
    VORBIS = ("vorbis", "Ogg Vorbis", "audio/ogg", ".ogg", False)
    WAV = ("wav", "WAV", "audio/wav", ".wav", False)
    OPUS = ("opus", "Opus", "audio/ogg", ".opus", True)
    M4A = ("aac", "M4A", "audio/mp4", ".m4a", True)
    ALAC = ("alac", "Apple Lossless", 'audio/mp4; codecs="alac"', ".m4a", True)
    AIFF = ("aiff", "AIFF", "audio/aiff", ".aiff", True)

    def __init__(self, codec: str, title: str, mime: str, suffix: str, needs_ffmpeg: bool) -> None:
        self.codec = codec
        self.title = title
        self.mime = mime
        self.suffix = suffix
        self.needs_ffmpeg = needs_ffmpeg


# Chrome, Firefox and Safari play all other kinds; Apple's own alone is Safari's.
UNPLAYABLE_MIMES = (AudioKind.ALAC.mime, AudioKind.AIFF.mime)
LOSSLESS_MIMES = (AudioKind.FLAC.mime, AudioKind.WAV.mime, *UNPLAYABLE_MIMES)
