"""What was made and what came back, in sentences for who runs the site."""

import os
from collections.abc import Iterator
from pathlib import Path

from musicapp.backup.making import Made
from musicapp.backup.restoring import Restored
from musicapp.backup.words import counted, sized


def of_backup(made: Made, instance: Path) -> Iterator[str]:
    """What a backup holds, what it lacks, and what to think of now."""
    said = made.manifest
    yield f"{made.path} is whole: {sized(made.size_bytes)}, read again to its last byte."
    rows = f"{counted(sum(said.rows.values()), 'row')} in {counted(len(said.rows), 'table')}"
    yield f"It holds the database as it was at {said.moment:%Y-%m-%d %H:%M:%S} UTC, with {rows}."
    if said.media == "copied":
        yield f"It holds {counted(said.files, 'file')} of music and pictures ({sized(said.files_bytes)})."
    elif said.media == "listed":
        yield (
            f"It lists {counted(said.files, 'file')} of music and pictures, which stay in their store; "
            "--with-media copies them too."
        )
    if said.missing:
        yield (
            f"{counted(len(said.missing), 'file')} that rows name had gone before, as {said.missing[0]}; "
            "`flask --app wsgi doctor` tells of them."
        )
    yield "It holds this site's secrets and everybody's data, and only your account may read it: keep it as safe."
    for name in said.given:
        yield f"{name.upper()} comes from your settings and is not in it: keep those settings too."
    if os.stat(made.path).st_dev == os.stat(instance).st_dev:
        yield "It lies on the same disk as the site: take it to another one."


def of_restore(restored: Restored) -> Iterator[str]:
    """What came back, where the old lies, and what to do next."""
    said = restored.manifest
    rows = f"{counted(sum(restored.rows.values()), 'row')} in {counted(len(restored.rows), 'table')}"
    yield f"The database is back, with {rows}, and its tables are up to date."
    if said is not None:
        yield f"It is the site of {said.moment:%Y-%m-%d %H:%M:%S} UTC; whatever came after that is not in it."
        if said.media == "copied":
            yield f"{counted(said.files, 'file')} of music and pictures are back."
        for name in said.given:
            yield (
                f"{name.upper()} was in the settings of the site that was saved. Take it over into yours before "
                "anybody logs in, or passwords and log-ins of then are worth nothing."
            )
    if restored.missing:
        yield f"{counted(restored.missing, 'file')} that rows name are not in the store. Bring them back there."
    for name, reason in restored.stopped.items():
        yield f"The plugin {name} does not run: {reason}"
    for place in restored.aside:
        yield f"What was here before lies in {place}; delete it when you miss nothing."
    yield "Start the site now. If it has a Redis of its own, empty that first, or it will tell of the state before."
