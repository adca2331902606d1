"""Makes the demo music again from its scores: `python -m plugins.catalog.demo.compose [OUT]`.

OUT gets `manifest.json` and `music/*.mp3`; without it the shipped files are replaced. Needs numpy, Pillow
and an MP3 encoder.
"""

import sys
from dataclasses import replace
from importlib import import_module
from pathlib import Path

from .covers import jpeg_cover
from .encoding import NoEncoder, mp3
from .id3 import id3_tag
from .manifest import FOLDER, DemoAlbum, DemoMusic, DemoSong, music_file
from .releases import RELEASES
from .sound import RATE, Sound


def composed(song: DemoSong) -> Sound:
    """The piece played from its score, in stereo."""
    sound: Sound = import_module(f"{__package__}.pieces.{Path(song.file).stem}").compose()
    return sound


def tagged(album: DemoAlbum, song: DemoSong, cover_jpeg: bytes, frames: bytes) -> bytes:
    """The finished file: tag, cover and sound."""
    texts = {
        "title": song.title,
        "artist": album.artist,
        "album_artist": album.artist,
        "album": album.title,
        "track": f"{song.track_no}/{len(album.songs)}",
        "genre": song.genre,
        "year": str(album.year),
        "composer": "musicapp demo",
        "copyright": song.licence,
    }
    return id3_tag(texts, comment=song.licence, lyrics=song.lyrics, cover_jpeg=cover_jpeg) + frames


def write_album(album: DemoAlbum, folder: Path) -> DemoAlbum:
    """Composes and writes an album's songs; returns it with their durations."""
    cover_jpeg = jpeg_cover(album.title)
    songs = []
    for song in album.songs:
        sound = composed(song)
        songs.append(replace(song, duration_s=round(sound.shape[1] / RATE, 3)))
        music_file(song, folder).write_bytes(tagged(album, song, cover_jpeg, mp3(sound)))
        print(
            f"{song.file}: {songs[-1].duration_s:.1f} s, {music_file(song, folder).stat().st_size / 1000:.0f} KB",
            flush=True,
        )
    return replace(album, songs=tuple(songs))


def main(arguments: list[str]) -> int:
    """Writes all releases and their manifest; the exit status."""
    folder = Path(arguments[0]) if arguments else FOLDER
    (folder / "music").mkdir(parents=True, exist_ok=True)
    try:
        albums = tuple(write_album(album, folder) for album in RELEASES.albums)
    except NoEncoder as error:
        print(error, file=sys.stderr)
        return 1
    (folder / "manifest.json").write_text(DemoMusic(RELEASES.artists, albums).as_json(), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
