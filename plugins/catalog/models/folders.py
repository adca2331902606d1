"""Files of folders that were taken in, and when each folder was last looked at."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from musicapp.clock import now
from musicapp.database import Model


class FolderFile(Model):
    """A file of a folder that was taken into the site, as it was when it was last read.

    `path` is absolute and in bytes, as the system has it: names need not be text, and both databases sort bytes alike.
    Size and time of change tell an unchanged file, with `head_sha256` (of its beginning and end) one that was moved.
    `song_id` is None for a file that was refused, then `problem` says why, and for one whose song was deleted for ever.
    `words_sha256` tells whether somebody edited the song since. `vanished_at` is when its song was deleted because the
    file was gone.
    """

    __tablename__ = "catalog_folder_file"

    id: Mapped[int] = mapped_column(primary_key=True)
    path: Mapped[bytes] = mapped_column(unique=True)
    size_bytes: Mapped[int] = mapped_column(sa.BigInteger)
    mtime_ns: Mapped[int] = mapped_column(sa.BigInteger)
    head_sha256: Mapped[str] = mapped_column(sa.String(64), index=True)
    song_id: Mapped[int | None] = mapped_column(sa.ForeignKey("catalog_song.id", ondelete="SET NULL"), index=True)
    words_sha256: Mapped[str] = mapped_column(sa.String(64), default="")
    problem: Mapped[str] = mapped_column(sa.Text, default="")
    vanished_at: Mapped[datetime | None]


class FolderLook(Model):
    """The last look at a folder that is watched: `counts` are those of its files by what became of them."""

    __tablename__ = "catalog_folder_look"

    path: Mapped[bytes] = mapped_column(primary_key=True)
    looked_at: Mapped[datetime] = mapped_column(default=now)
    counts: Mapped[dict[str, int]] = mapped_column(sa.JSON, default=dict)
    problem: Mapped[str] = mapped_column(sa.Text, default="")
