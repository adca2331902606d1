"""What the child tells its parent: results and refusals as JSON, and back."""

import json
import sys
import traceback
from base64 import b64decode, b64encode
from collections.abc import Callable, Mapping
from dataclasses import asdict
from importlib import import_module
from typing import Any

from .refusals import Refused

Answer = dict[str, Any]

DAMAGED = "The file is damaged in a way that cannot be read. Export it again and upload it again."
TOO_MUCH_MEMORY = "The file takes more memory to open than this site gives to one file. Save it in a simpler form."


def main(verb: str) -> None:
    """Answer one line of JSON a file, in order, for lines of `[[path, name, wishes], …]` until standard input ends.

    Wishes are what else the verb is told, and may be left out.
    """
    for line in sys.stdin:
        for path, name, *wishes in json.loads(line):
            print(json.dumps(answer(verb, path, name, *wishes)), flush=True)


def answer(verb: str, path: str, name: str, wishes: Mapping[str, Any] | None = None) -> Answer:
    """Do one of the `VERBS` with one file; what goes wrong is the file's refusal."""
    try:
        return {"result": VERBS[verb](path, name, **(wishes or {}))}
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
def _examine(path: str, name: str, **wishes: Any) -> Answer:
    examined = import_module(".sound", __package__).examine(path, name, **wishes)
    return {"sound": asdict(examined.sound), "peaks": to_text(examined.peaks)}


def _cover(path: str, _name: str) -> Answer:
    cover = import_module(".pictures", __package__).make_cover(path)
    return {"sizes": {str(side): to_text(webp) for side, webp in cover.sizes.items()}, "tint": cover.tint}


def _tags(path: str, _name: str, **wishes: Any) -> Answer:
    tags = import_module(".tags", __package__).read_tags(path, **wishes)
    return {**asdict(tags), "picture": to_text(tags.picture)}


def _facts(path: str, name: str) -> Answer:
    facts = import_module(".collection.facts", __package__).facts_of(path, name)
    return {**vars(facts), "tags": vars(facts.tags), "length": vars(facts.length)}


def _encode(path: str, name: str, **wishes: Any) -> Answer:
    import_module(".ffmpeg.encoding", __package__).encode(path, name, **wishes)
    return {}


VERBS: dict[str, Callable[..., Answer]] = {
    "examine": _examine,
    "cover": _cover,
    "tags": _tags,
    "facts": _facts,
    "encode": _encode,
}
