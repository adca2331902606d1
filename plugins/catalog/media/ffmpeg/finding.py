"""Finding ffmpeg: the one that the owner names, the one of the machine, or the one that was fetched."""

import os
import shutil
from pathlib import Path

FETCHED = "ffmpeg-of-imageio-0.8.1"


def find(named: str, tools: Path) -> str | None:
    """The path of a program that can be run: the `named` one and no other, or that of the machine, or of `tools`."""
    if named:
        return shutil.which(os.path.expanduser(named))
    return shutil.which("ffmpeg") or shutil.which(str(tools / FETCHED))
