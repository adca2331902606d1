"""The words of tus 1.0 (https://tus.io/protocols/resumable-upload): its headers, read and written."""

import base64
import binascii
from email.utils import format_datetime
from typing import TypeVar

from flask import request
from pydantic import BaseModel

from musicapp.api.input import checked
from musicapp.errors import Invalid, Refused, WrongKind
from musicapp.storage import Checksum
from plugins.catalog import services
from plugins.catalog.services.limits import MB

M = TypeVar("M", bound=BaseModel)

VERSION = "1.0.0"
EXTENSIONS = "creation,termination,checksum,expiration"
CONTENT = "application/offset+octet-stream"
ALGORITHMS = ("sha1", "sha256")
SAID_BY_CLIENTS = ("filetype", "type", "name", "relativePath")
"""What common programs say about every file, whoever asks; nothing here needs it."""


class OtherVersion(Refused):
    """A program that speaks another version of the protocol."""

    status = 412


def version() -> dict[str, str]:
    """The header of every answer."""
    return {"Tus-Resumable": VERSION}


def abilities() -> dict[str, str]:
    """What is here of the protocol, for who asks with OPTIONS."""
    return {
        "Tus-Resumable": VERSION,
        "Tus-Version": VERSION,
        "Tus-Extension": EXTENSIONS,
        "Tus-Max-Size": str(services.limits().upload_mb * MB),
        "Tus-Checksum-Algorithm": ",".join(ALGORITHMS),
    }


def progress(upload: services.Progress) -> dict[str, str]:
    """How far an upload is, as headers."""
    return {
        "Upload-Offset": str(upload.received_bytes),
        "Upload-Length": str(upload.size_bytes),
        "Upload-Expires": format_datetime(upload.expires_at, usegmt=True),
    }


def refuse_other_versions() -> None:
    """Refuse a request that does not say that it speaks this version."""
    if request.headers.get("Tus-Resumable") != VERSION:
        refused = OtherVersion(f"Send the header Tus-Resumable: {VERSION}.")
        refused.headers["Tus-Version"] = VERSION
        raise refused


def refuse_other_content() -> None:
    """Refuse a piece that is not sent as one."""
    if request.mimetype != CONTENT:
        raise WrongKind(f"Send a piece with Content-Type: {CONTENT}.")


def sent_number(header: str) -> int:
    """A number of bytes in a header; raises Invalid with its name."""
    sent = request.headers.get(header, "")
    if not (sent.isascii() and sent.isdigit() and len(sent) < 16):
        raise Invalid(f"Send the header {header} with a number of bytes.", {header: ["This must be a whole number."]})
    return int(sent)


def sent_metadata(model: type[M]) -> M:
    """What `Upload-Metadata` says: names, each with its text in Base64."""
    given = {}
    for pair in request.headers["Upload-Metadata"].split(","):
        name, _, coded = pair.strip().partition(" ")
        if name and name not in SAID_BY_CLIENTS:
            given[name] = decoded(coded).decode("utf-8", "replace")
    return checked(model, given)


def sent_checksum() -> Checksum | None:
    """What the piece must sum up to, when its sender says so."""
    if "Upload-Checksum" not in request.headers:
        return None
    algorithm, _, coded = request.headers["Upload-Checksum"].partition(" ")
    if algorithm not in ALGORITHMS:
        raise Refused(f"Sum a piece up by one of {', '.join(ALGORITHMS)}.")
    return Checksum(algorithm, decoded(coded))


def decoded(coded: str) -> bytes:
    try:
        return base64.b64decode(coded.strip(), validate=True)
    except (binascii.Error, ValueError):
        raise Refused("A header could not be read as Base64.") from None
