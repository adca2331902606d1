"""What a backup says of itself: `manifest.json`, its last member but one."""

import json
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Literal, Self

from musicapp.backup.problems import NotWhole

FORMAT = 1
MANIFEST = "manifest.json"
SUMS = "SHA256SUMS"
MEDIA_LIST = "media.txt"
Kind = Literal["sqlite", "postgresql"]
# Named so that one sees what opens them: sqlite3 and pg_restore.
DATABASES: dict[Kind, str] = {"sqlite": "database.sqlite3", "postgresql": "database.pgdump"}


@dataclass(frozen=True)
class Manifest:
    """What lies in a backup and of when it is.

    `rows` counts them by table, `revisions` names the migrations by plugin. `media` is copied or listed (the files
    stay in their bucket). `missing` are keys that rows name and the store had not.
    `given` are the secrets that the settings name, and so are not in it.
    """

    made_at: str
    version: str
    site_url: str
    kind: Kind
    rows: dict[str, int]
    revisions: dict[str, list[str]]
    media: Literal["copied", "listed"]
    files: int
    files_bytes: int
    missing: list[str] = field(default_factory=list)
    given: list[str] = field(default_factory=list)
    format: int = FORMAT

    @property
    def moment(self) -> datetime:
        return datetime.fromisoformat(self.made_at)

    @property
    def database(self) -> str:
        """The member that is the database."""
        return DATABASES[self.kind]

    def to_bytes(self) -> bytes:
        return json.dumps(asdict(self), indent=1, sort_keys=True).encode() + b"\n"

    @classmethod
    def from_bytes(cls, text: bytes) -> Self:
        """Read it again; raises NotWhole for what a newer musicapp wrote, or nobody."""
        try:
            said = json.loads(text)
            if said["format"] != FORMAT:
                raise NotWhole(
                    f"This backup has the format {said['format']}, which this version of musicapp does not read. "
                    "Restore it with the version that made it, or a newer one."
                )
            return cls(**said)
        except (ValueError, KeyError, TypeError) as error:
            raise NotWhole(f"The manifest of this backup cannot be read ({error}).") from None


def sums_to_bytes(sums: dict[str, str]) -> bytes:
    """The SHA-256 of each member, as `sha256sum -c` reads it."""
    return "".join(f"{digest}  {name}\n" for name, digest in sums.items()).encode()


def sums_from_bytes(text: bytes) -> dict[str, str]:
    lines = (line.partition("  ") for line in text.decode().splitlines())
    return {name: digest for digest, _, name in lines}
