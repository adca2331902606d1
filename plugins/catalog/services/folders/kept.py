"""What a batch of files brought about, as it is being written down."""

from dataclasses import dataclass, field
from typing import Any

from musicapp.database import insert_for, session
from plugins.catalog.models import FolderFile
from plugins.catalog.services.folders.suspects import Suspect


@dataclass
class Kept:
    """The rows of a batch's files, keys of stored files that nobody needs after the commit, songs to be finished."""

    rows: list[dict[str, Any]] = field(default_factory=list)
    useless: list[str] = field(default_factory=list)
    to_finish: list[int] = field(default_factory=list)

    def note(self, suspect: Suspect, song_id: int | None, words_sha256: str = "", problem: str = "") -> None:
        """Remember a file as it is now, with its song or what is wrong with it."""
        file = suspect.file
        self.rows.append(
            {
                "path": file.path,
                "size_bytes": file.size_bytes,
                "mtime_ns": file.mtime_ns,
                "head_sha256": suspect.head_sha256,
                "song_id": song_id,
                "words_sha256": words_sha256,
                "problem": problem,
                "vanished_at": None,
            }
        )

    def write_rows(self) -> None:
        """Keep what was noted, of files that are new and known alike; inside `writing()`."""
        if self.rows:
            insert = insert_for(FolderFile.__table__)
            fresh = {name: insert.excluded[name] for name in self.rows[0] if name != "path"}
            session().execute(insert.on_conflict_do_update(index_elements=["path"], set_=fresh), self.rows)
