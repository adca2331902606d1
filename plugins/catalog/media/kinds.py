"""The kinds of music files that are known by their content."""

from enum import Enum


class AudioKind(Enum):
    """A kind of music file: its codec's short name, what people, browsers and file names call it, and whether this
    package decodes it, so that a song of this kind can be accepted.
    """

    MP3 = ("mp3", "MP3", "audio/mpeg", ".mp3", True)
    FLAC = ("flac", "FLAC", "audio/flac", ".flac", True)
    VORBIS = ("vorbis", "Ogg Vorbis", "audio/ogg", ".ogg", True)
    WAV = ("wav", "WAV", "audio/wav", ".wav", True)
    OPUS = ("opus", "Opus", "audio/ogg", ".opus", False)
    AIFF = ("aiff", "AIFF", "audio/aiff", ".aiff", False)
    M4A = ("m4a", "M4A", "audio/mp4", ".m4a", False)

    def __init__(self, codec: str, title: str, mime: str, suffix: str, readable: bool) -> None:
        self.codec = codec
        self.title = title
        self.mime = mime
        self.suffix = suffix
        self.readable = readable


READABLE_TITLES = [kind.title for kind in AudioKind if kind.readable]
