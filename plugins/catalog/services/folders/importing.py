"""A folder of music into the site: walked once, compared with what is known, and only what differs is read.

The story: every file is held against its row (`comparing`); one that is as it was costs nothing more. Of the others,
those that were only moved are found (`moving`), the rest is read by children (`suspects`) and becomes songs, in batches
(`keeping`). At the end those that were not met are looked for (`vanishing`). However it ends, what was done is whole,
and the next look goes on from there.
"""

import fcntl
import os
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from time import time_ns

from flask import current_app

from musicapp.database import writing
from musicapp.errors import Conflict, Invalid
from plugins.catalog.media import Readers
from plugins.catalog.services.folders.artists import chosen_artist
from plugins.catalog.services.folders.comparing import Known, compared, is_unchanged, known_below
from plugins.catalog.services.folders.keeping import keep
from plugins.catalog.services.folders.looking import Look, Note, Wishes
from plugins.catalog.services.folders.moving import settle_moved
from plugins.catalog.services.folders.naming import album_folder, readable
from plugins.catalog.services.folders.suspects import Reading, Suspect
from plugins.catalog.services.folders.vanishing import settle_missing
from plugins.catalog.services.folders.walking import Found, count, walk

BATCH = 500
LARGEST_BATCH = 1_000
BATCHES_AHEAD = 2
MOST_READERS = 8
NOTHING_FOUND = (
    "No music was found in this folder, though music from it is on the site. Is its disk mounted? Nothing was deleted."
)


def import_folder(
    folder: str | os.PathLike[str],
    wishes: Wishes,
    note: Note = lambda path, became, reason: None,
    went_on: Callable[[int], object] = lambda files: None,
) -> Look:
    """Take a folder of music in, or what is new and changed in it; answers what became of its files.

    `note` hears of every file that did not come in, `went_on` how many files were dealt with. Raises Invalid for what
    is no folder of music, and Conflict while another look is under way or when the artist's name is not clear.
    """
    look = Look(folder_of(folder), wishes, note, went_on)
    with alone():
        artist_id = None
        if wishes.artist:
            with writing():
                artist_id = chosen_artist(wishes.artist)
        with Readers(min(MOST_READERS, os.cpu_count() or 1)) as readers:
            go_through(look, readers, artist_id)
        if look.missing and wishes.prune and look.files == 0:
            raise Conflict(NOTHING_FOUND)
        settle_missing(look)
    return look


def count_files(folder: str | os.PathLike[str]) -> int:
    """How many files a look at a folder will go through, near enough to say how long it takes."""
    return count(folder_of(folder), own_folder())


def folder_of(folder: str | os.PathLike[str]) -> bytes:
    """The real path of a folder that may be taken in."""
    root = os.path.realpath(os.fsencode(folder))
    if not os.path.isdir(root):
        raise Invalid(f"There is no folder {readable(root)}.")
    own = own_folder()
    if root == own or root.startswith(own + b"/"):
        raise Invalid("This folder is the site's own. Choose the one that your music lies in.")
    return root


def own_folder() -> bytes:
    """Where the site keeps its things, among them the files that it took in already."""
    return os.path.realpath(os.fsencode(current_app.config["INSTANCE"]))


@contextmanager
def alone() -> Iterator[None]:
    """Let one look at a time go on; a process that dies makes room. Raises Conflict."""
    path = Path(current_app.config["INSTANCE"]) / "run" / "folders.lock"
    path.parent.mkdir(mode=0o700, exist_ok=True)
    with path.open("a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Conflict("A folder is being taken in already. Wait until that has ended.") from None
        yield


def go_through(look: Look, readers: Readers, artist_id: int | None) -> None:
    """Deal with every file of the folder; while one batch is written, the next are being read."""
    under_way: deque[Reading] = deque()
    for suspects in batches(look):
        under_way.append(Reading(readers, settle_moved(look, suspects)))
        while len(under_way) > BATCHES_AHEAD:
            keep(look, under_way.popleft().done(), artist_id)
    while under_way:
        keep(look, under_way.popleft().done(), artist_id)


def batches(look: Look) -> Iterator[list[Suspect]]:
    """The files to look at more closely, some hundreds at a time, an album's together where that is possible."""
    batch: list[Suspect] = []
    for suspect in suspects(look):
        is_next_album = batch and album_folder(suspect.file.path) != album_folder(batch[-1].file.path)
        if len(batch) >= LARGEST_BATCH or (len(batch) >= BATCH and is_next_album):
            yield batch
            batch = []
        batch.append(suspect)
    if batch:
        yield batch


def suspects(look: Look) -> Iterator[Suspect]:
    """The files that are not as they were; the others are counted, and rows without a file remembered for the end."""
    settled_before = time_ns() - int(look.wishes.settle_s * 1e9)
    unchanged = 0

    def unreadable(path: bytes, reason: str) -> None:
        look.count_noted("waiting", path, reason)

    for file, known in compared(walk(look.root, own_folder(), unreadable), known_below(look.root)):
        if file is None:
            assert known is not None
            look.missing.append(known.id)
        elif known is not None and is_settled(look, file, known):
            if known.refused:
                look.count("refused")
                continue
            unchanged += 1
            if unchanged == BATCH:
                look.count("unchanged", unchanged)
                unchanged = 0
        elif look.wishes.settle_s and file.settled_ns > settled_before:
            look.count_noted("waiting", file.path, "It changed a moment ago. The next look takes it.")
        else:
            yield Suspect(file, known)
    look.count("unchanged", unchanged)


def is_settled(look: Look, file: Found, known: Known) -> bool:
    """Whether nothing has to be done for a file that is known."""
    if not is_unchanged(file, known) or (look.wishes.again and known.song_id is None):
        return False
    return known.vanished_at is None
