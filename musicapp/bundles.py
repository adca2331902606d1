"""Scripts and sheets as pages load them: one bundle for the site's own and one for each plugin's.

A page would otherwise ask for some sixty small files, six at a time, and its covers would wait behind them. Under debug
they come one by one, as they are.
"""

import hashlib
import posixpath
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from flask import Flask, current_app, url_for

from musicapp.plugins.site import current_site

Suffix = Literal["css", "js"]
SITE = "site"
# In the order in which they must come.
SHEETS = (
    *("tokens", "base", "shell", "controls", "forms", "covers", "songs", "parts", "documents", "floats"),
    *("player", "alone"),
)
SCRIPTS = (
    *("site", "modules", "visits", "menus", "dialogs", "forms", "toasts", "theme", "sharing"),
    *("player/queue", "player/heard", "player/waves", "player/deck", "player/loudness", "player/recovery"),
    *("player/queueing", "player/keeping", "player/media-session", "player/store", "player/bar", "player/seek"),
    *("player/radio", "player/page", "shortcuts", "search", "upload/store", "upload/page"),
)
RELATIVE_URL = re.compile(r'url\("(?!data:|/|[a-z]+:)([^"]+)"\)')


@dataclass(frozen=True)
class Bundle:
    """Several files as one, and what tells this version from others."""

    body: bytes
    version: str


@dataclass(frozen=True)
class Piece:
    """One file of a bundle: where it lies, and the address at which it is had by itself."""

    path: Path
    address: str


def addresses(suffix: Suffix) -> list[str]:
    """What every page loads of one kind: the site's own, then the plugins'."""
    if current_app.debug:
        return [piece.address for owner in owners() for piece in pieces(owner, suffix)]
    return [
        url_for("site.bundle", owner=owner, suffix=suffix, v=found.version)
        for owner in owners()
        if (found := bundle(owner, suffix)) is not None
    ]


def owners() -> list[str]:
    return [SITE, *(plugin.name for plugin in current_site().plugins if plugin.name != SITE)]


def bundle(owner: str, suffix: Suffix) -> Bundle | None:
    """The files of one owner, made once per app; None where there are none."""
    made: dict[tuple[str, Suffix], Bundle | None] = current_app.extensions["bundles"]
    if (owner, suffix) not in made:
        made[owner, suffix] = make(pieces(owner, suffix), suffix)
    return made[owner, suffix]


def pieces(owner: str, suffix: Suffix) -> list[Piece]:
    """The files of the site in their order, or those that lie in the static folder of a plugin."""
    if owner == SITE:
        folder, names = Path(current_app.static_folder or ""), SHEETS if suffix == "css" else SCRIPTS
        files = [f"{suffix}/{name}.{suffix}" for name in names]
        return [Piece(folder / file, url_for("static", filename=file)) for file in files]
    folders = [Path(plugin.root_path) / "static" for plugin in current_site().plugins if plugin.name == owner]
    return [
        Piece(path, url_for("site.plugin_static", name=owner, filename=path.name))
        for folder in folders
        for path in sorted(folder.glob(f"*.{suffix}"))
    ]


def make(files: list[Piece], suffix: Suffix) -> Bundle | None:
    if not files:
        return None
    text = "\n".join(at_home(piece) if suffix == "css" else piece.path.read_text() for piece in files)
    return Bundle(text.encode(), hashlib.sha256(text.encode()).hexdigest()[:12])


def at_home(sheet: Piece) -> str:
    """The text of a sheet whose addresses are right wherever it stands."""
    folder = posixpath.dirname(sheet.address)

    def absolute(found: re.Match[str]) -> str:
        return f'url("{posixpath.normpath(posixpath.join(folder, found[1]))}")'

    return RELATIVE_URL.sub(absolute, sheet.path.read_text())


def init_app(app: Flask) -> None:
    app.extensions["bundles"] = {}
    app.jinja_env.globals.update(scripts=lambda: addresses("js"), styles=lambda: addresses("css"))
