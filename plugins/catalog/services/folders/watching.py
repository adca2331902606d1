"""The folder that is watched: looked at every so often, as by the command, and how the last look ended."""

import os
from collections.abc import Callable
from datetime import timedelta

import sqlalchemy as sa

from musicapp.clock import now
from musicapp.database import session, writing
from musicapp.errors import Refused
from plugins.catalog.models import FolderLook
from plugins.catalog.services.folders.importing import import_folder
from plugins.catalog.services.folders.looking import Look, Wishes
from plugins.catalog.services.limits import limits

# A file that changed later than this may still be on its way into the folder.
SETTLE_S = 30.0
# Looks are asked for on the minute, and begin a little later.
TOLERANCE = timedelta(seconds=30)


def look_if_due(went_on: Callable[[int], object]) -> Look | None:
    """Look at the watched folder when its time has come, and remember how that went; None when nothing was to be done.

    `went_on` hears how many files were dealt with.
    """
    folder = limits().watched_folder
    last = last_look()
    if not folder or (last and last.looked_at > now() - timedelta(minutes=limits().watched_minutes) + TOLERANCE):
        return None
    began = now()
    wishes = Wishes(artist=limits().watched_artist, publish=limits().watched_publish, settle_s=SETTLE_S)
    try:
        look = import_folder(folder, wishes, went_on=went_on)
    except Refused as refused:
        remember(FolderLook(path=os.fsencode(folder), looked_at=began, counts={}, problem=refused.sentence))
        return None
    remember(FolderLook(path=os.fsencode(folder), looked_at=began, counts=look.counts, problem=""))
    return look


def remember(look: FolderLook) -> None:
    """Keep how a look ended, instead of the one before."""
    with writing() as unit:
        unit.merge(look)


def last_look() -> FolderLook | None:
    """How the last look at the watched folder ended; None before the first."""
    path = os.fsencode(limits().watched_folder)
    return session().scalar(sa.select(FolderLook).where(FolderLook.path == path))
