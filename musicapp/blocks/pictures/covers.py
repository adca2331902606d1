"""Stored pictures made small enough for mails, and JPEG, because few mail programs show WebP."""

from functools import lru_cache
from io import BytesIO

from PIL import Image

from musicapp.storage import NotStored, media_store

SIDE = 96
LARGEST_BYTES = 4_000
QUALITIES = (85, 75, 60, 45, 30)
LEAST_QUALITY = 15


def small_cover(key: str) -> bytes | None:
    """A stored picture as JPEG of at most 96 pixels and 4 kB; None where it is gone or cannot be read."""
    try:
        return as_jpeg(key)
    except (NotStored, OSError, Image.DecompressionBombError):
        return None


@lru_cache(maxsize=256)
def as_jpeg(key: str) -> bytes:
    """The same, remembered: what a key names never changes, and the mails of a night show the same few."""
    with media_store().open(key) as file, Image.open(file, formats=("WEBP", "JPEG", "PNG")) as stored:
        picture = stored.convert("RGB")
    picture.thumbnail((SIDE, SIDE))
    written = (saved(picture, quality) for quality in QUALITIES)
    return next((jpeg for jpeg in written if len(jpeg) <= LARGEST_BYTES), b"") or saved(picture, LEAST_QUALITY)


def saved(picture: Image.Image, quality: int) -> bytes:
    written = BytesIO()
    picture.save(written, "JPEG", quality=quality, optimize=True)
    return written.getvalue()
