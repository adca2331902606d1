"""What the child tells its parent: results and refusals as JSON, and back."""

import traceback
from base64 import b64decode, b64encode
from dataclasses import asdict
from importlib import import_module
from typing import Any

from .refusals import Refused

Answer = dict[str, Any]

DAMAGED = "The file is damaged in a way that cannot be read. Export it again and upload it again."
TOO_MUCH_MEMORY = "The file takes more memory to open than this site gives to one file. Save it in a simpler form."


def answer(verb: str, path: str, name: str) -> Answer:
    """Do one thing with one file, `examine`, `cover` or `tags`; everything that goes wrong is the file's refusal."""
    try:
        return {"result": {"examine": _examine, "cover": _cover, "tags": _tags}[verb](path, name)}
    except Refused as refusal:
        return {"refused": refusal.sentence}
    except MemoryError:
        return {"refused": TOO_MUCH_MEMORY}
    except Exception:
        traceback.print_exc()
        return {"refused": DAMAGED}


def to_text(raw: bytes | None) -> str | None:
    """Write bytes as JSON can hold them."""
    return None if raw is None else b64encode(raw).decode()


def to_bytes(text: str | None) -> bytes | None:
    """Read bytes back."""
    return None if text is None else b64decode(text)


# Each verb loads only its own libraries: a song's child opens no picture library, which halves its start.
def _examine(path: str, name: str) -> Answer:
    examined = import_module(".sound", __package__).examine(path, name)
    return {"sound": asdict(examined.sound), "peaks": to_text(examined.peaks)}


def _cover(path: str, _name: str) -> Answer:
    cover = import_module(".pictures", __package__).make_cover(path)
    return {"sizes": {str(side): to_text(webp) for side, webp in cover.sizes.items()}, "tint": cover.tint}


def _tags(path: str, _name: str) -> Answer:
    tags = import_module(".tags", __package__).read_tags(path)
    return {**asdict(tags), "picture": to_text(tags.picture)}
