"""The shipped music as the site reads it: who made it, on which release, in which file."""

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent


@dataclass(frozen=True)
class DemoArtist:
    """A project that exists only in the demo."""

    name: str
    genre: str
    bio: str


@dataclass(frozen=True)
class DemoSong:
    """One piece; `file` is its name in `music/`, `duration_s` is 0 until it was composed."""

    file: str
    title: str
    track_no: int
    genre: str
    licence: str = "CC0 1.0"
    lyrics: str | None = None
    duration_s: float = 0.0


@dataclass(frozen=True)
class DemoAlbum:
    """A release of three songs, published this many days before the demo is loaded."""

    title: str
    artist: str
    year: int
    genre: str
    description: str
    released_days_ago: int
    songs: tuple[DemoSong, ...]


@dataclass(frozen=True)
class DemoMusic:
    """Everything there is, artists by name and albums in order of release."""

    artists: tuple[DemoArtist, ...]
    albums: tuple[DemoAlbum, ...]

    def as_json(self) -> str:
        """The text of `manifest.json`."""
        return json.dumps(asdict(self), indent=2, ensure_ascii=False) + "\n"


def read_manifest(folder: Path = FOLDER) -> DemoMusic:
    """The music in this folder, as its `manifest.json` tells it."""
    told: dict[str, Any] = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    return DemoMusic(
        artists=tuple(DemoArtist(**artist) for artist in told["artists"]),
        albums=tuple(
            DemoAlbum(**album | {"songs": tuple(DemoSong(**song) for song in album["songs"])})
            for album in told["albums"]
        ),
    )


def music_file(song: DemoSong, folder: Path = FOLDER) -> Path:
    """Where a song's MP3 lies."""
    return folder / "music" / song.file
