"""Writes an ID3v2.4 tag: the few frames a player shows, all in UTF-8."""

UTF8 = b"\x03"
FRONT_COVER = b"\x03"
ENGLISH = b"eng"
TEXT_FRAMES = {
    "title": "TIT2",
    "artist": "TPE1",
    "album_artist": "TPE2",
    "album": "TALB",
    "track": "TRCK",
    "genre": "TCON",
    "year": "TDRC",
    "composer": "TCOM",
    "copyright": "TCOP",
    "encoder": "TSSE",
}


def id3_tag(texts: dict[str, str], comment: str, lyrics: str | None, cover_jpeg: bytes) -> bytes:
    """The whole tag, to stand before the first MPEG frame; `texts` is keyed as in TEXT_FRAMES."""
    frames = [_frame(TEXT_FRAMES[name], UTF8 + text.encode()) for name, text in texts.items()]
    frames.append(_frame("COMM", UTF8 + ENGLISH + b"\0" + comment.encode()))
    if lyrics:
        frames.append(_frame("USLT", UTF8 + ENGLISH + b"\0" + lyrics.encode()))
    frames.append(_frame("APIC", UTF8 + b"image/jpeg\0" + FRONT_COVER + b"\0" + cover_jpeg))
    body = b"".join(frames)
    return b"ID3\x04\x00\x00" + _synchsafe(len(body)) + body


def _frame(name: str, content: bytes) -> bytes:
    return name.encode() + _synchsafe(len(content)) + b"\0\0" + content


def _synchsafe(size: int) -> bytes:
    """A size in four bytes of seven bits, so that it never looks like the start of a frame of sound."""
    return bytes(size >> shift & 0x7F for shift in (21, 14, 7, 0))
