"""The files that people upload by mistake, known by their first bytes."""

SIGNATURES: tuple[tuple[int, bytes, str], ...] = (
    (0, b"\xff\xd8\xff", "a JPEG picture"),
    (0, b"\x89PNG\r\n\x1a\n", "a PNG picture"),
    (0, b"GIF8", "a GIF picture"),
    (8, b"WEBP", "a WebP picture"),
    (4, b"ftypavif", "an AVIF picture"),
    (4, b"ftypheic", "a HEIC picture"),
    (4, b"ftypmif1", "a HEIF picture"),
    (0, b"II*\0", "a TIFF picture"),
    (0, b"MM\0*", "a TIFF picture"),
    (0, b"BM", "a BMP picture"),
    (0, b"8BPS", "a Photoshop picture"),
    (0, b"\0\0\1\0", "an icon"),
    (0, b"%PDF-", "a PDF"),
    (0, b"%!PS", "a PostScript document"),
    (0, b"{\\rtf", "an RTF document"),
    (0, b"PK\3\4", "a ZIP archive or an Office document"),
    (0, b"PK\5\6", "a ZIP archive"),
    (0, b"Rar!\x1a\7", "a RAR archive"),
    (0, b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive"),
    (0, b"\x1f\x8b", "a gzip archive"),
    (0, b"BZh", "a bzip2 archive"),
    (0, b"\xfd7zXZ\0", "an xz archive"),
    (0, b"\x28\xb5\x2f\xfd", "a Zstandard archive"),
    (257, b"ustar", "a tar archive"),
    (0, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an Office document"),
    (0, b"MZ", "a Windows program"),
    (0, b"\x7fELF", "a Linux program"),
    (0, b"\xcf\xfa\xed\xfe", "a macOS program"),
    (0, b"\xca\xfe\xba\xbe", "a program"),
    (0, b"#!/", "a script"),
    (0, b"SQLite format 3\0", "an SQLite database"),
    (0, b"MThd", "a MIDI file (notes without sound)"),
    (0, b"\x1aE\xdf\xa3", "a Matroska or WebM video"),
    (8, b"AVI ", "an AVI video"),
    (0, b"\0\0\1\xba", "an MPEG video"),
    (0, b"\0\0\1\xb3", "an MPEG video"),
    (0, b"FLV\1", "a Flash video"),
    (4, b"ftypqt", "a QuickTime video"),
    (4, b"ftypM4A", "a damaged M4A file, or one that is locked to its buyer"),
    (4, b"ftypM4P", "an M4P file that is locked to its buyer"),
    (4, b"ftyp", "an MP4 video"),
    (0, b"wOF", "a font"),
    (0, b"OTTO", "a font"),
)

SOUNDS: tuple[tuple[int, bytes, str], ...] = (
    (0, b"\x30\x26\xb2\x75\x8e\x66\xcf\x11", "a Windows Media file"),
    (0, b"MAC ", "a Monkey’s Audio file"),
    (0, b"wvpk", "a WavPack file"),
    (0, b"MPCK", "a Musepack file"),
    (0, b"MP+", "a Musepack file"),
    (0, b"TTA1", "a True Audio file"),
    (0, b"DSD ", "a DSD file"),
    (0, b"FRM8", "a DSD file"),
    (0, b"#!AMR", "an AMR recording"),
    (0, b"caff", "a CAF file"),
    (0, b".snd", "an AU file"),
    (0, b"OggS", "an Ogg file without Vorbis or Opus sound"),
)

MARKUP: tuple[tuple[bytes, str], ...] = (
    (b"<!doctype html", "a web page (HTML)"),
    (b"<html", "a web page (HTML)"),
    (b"<head", "a web page (HTML)"),
    (b"<script", "a web page (HTML)"),
    (b"<svg", "an SVG picture"),
    (b"<?php", "a script"),
)


def foreign_name(head: bytes) -> str | None:
    """Name the file that begins so, “a PDF” for instance, when it is known and holds no music."""
    return _by_signature(SIGNATURES, head) or _by_markup(head)


def sound_name(head: bytes) -> str | None:
    """Name a sound file of a kind that this site does not take."""
    return _by_signature(SOUNDS, head)


def is_text(head: bytes) -> bool:
    """Tell whether the beginning of a file reads as UTF-8 text."""
    try:
        text = head.decode()
    except UnicodeDecodeError as error:
        if error.start < len(head) - 3:
            return False
        text = head[: error.start].decode()
    return all(character.isprintable() or character in "\t\r\n\f" for character in text)


def _by_signature(signatures: tuple[tuple[int, bytes, str], ...], head: bytes) -> str | None:
    return next((name for offset, magic, name in signatures if head.startswith(magic, offset)), None)


def _by_markup(head: bytes) -> str | None:
    opening = head[:1024].removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    if opening.startswith(b"<?xml") and b"<svg" in opening:
        return "an SVG picture"
    if opening.startswith((b"<?xml", b"<!--")):
        return "a web page (HTML)" if b"<html" in opening else "an XML document"
    return next((name for tag, name in MARKUP if opening.startswith(tag)), None)
