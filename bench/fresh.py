"""A site of its own in an empty folder, whatever database or Redis the environment and `.env` name for another one."""

from pathlib import Path
from typing import Any

from flask import Flask

from musicapp import create_app

NO_REDIS = {"redis_url": "", "redis_host": ""}


def database_in(folder: str | Path) -> str:
    """The address of the SQLite file in a folder."""
    return f"sqlite:///{Path(folder) / 'musicapp.db'}"


def fresh_site(folder: str | Path, database: str = "", **settings: Any) -> Flask:
    """A site in this folder, with its SQLite file or the `database` that was named for it, and without Redis."""
    own = {"instance": Path(folder), "database_url": database or database_in(folder), "log_level": "ERROR"}
    return create_app({**own, **NO_REDIS, **settings})


def fresh_environment(folder: str | Path, port: int = 5000) -> dict[str, str]:
    """What tells a program to be such a site; where it listens, it does so on this port."""
    return {
        "MUSICAPP_INSTANCE": str(folder),
        "MUSICAPP_DATABASE_URL": database_in(folder),
        "MUSICAPP_HOST": "127.0.0.1",
        "MUSICAPP_PORT": str(port),
        **{name.upper(): "" for plain in NO_REDIS for name in (f"musicapp_{plain}", plain)},
    }
