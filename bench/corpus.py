"""Two thousand damaged songs and pictures, each to be accepted or refused with a reason while the worker lives.

    python bench/corpus.py [--files 2000] [--seed 1]

The files are spoilt versions of the tests' small real ones, the same for the same seed. Each is opened as the worker
does it, by a child of its own; printed are what became of them, the slowest, and the most memory that a child took.
"""

import argparse
import io
import resource
import shutil
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from PIL import Image, ImageDraw

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests/plugins/catalog/media"))

from damaged_files import damaged

from plugins.catalog.media import Refused, examine_safely, make_cover_safely, read_tags_safely
from plugins.catalog.media.answers import DAMAGED

SAMPLES = Path(__file__).resolve().parents[1] / "tests/plugins/catalog/media/samples"
PICTURES = (
    ("JPEG", {}),
    ("JPEG", {"progressive": True}),
    ("PNG", {}),
    ("WEBP", {}),
    ("WEBP", {"lossless": True}),
)
A_FIFTH = 5


def songs() -> list[bytes]:
    """The small real songs of the tests, of every kind."""
    return [path.read_bytes() for path in sorted(SAMPLES.glob("*.*")) if path.suffix != ".md"]


def pictures() -> list[bytes]:
    """Drawn pictures in every format that a cover may have."""
    picture = Image.new("RGB", (120, 100), "#1c6fb8")
    ImageDraw.Draw(picture).ellipse((10, 10, 60, 60), fill="#ff6a3d")
    files = []
    for format, options in PICTURES:
        file = io.BytesIO()
        picture.save(file, format, **options)
        files.append(file.getvalue())
    return files


def judge_song(path: Path, ffmpeg: str | None) -> str:
    """What becomes of a song: "accepted", or the reason why not."""
    read_tags_safely(path)
    try:
        examine_safely(path, "song.mp3", ffmpeg=ffmpeg, longest_s=3600)
    except Refused as refused:
        return refused.sentence
    return "accepted"


def judge_picture(path: Path, _ffmpeg: str | None) -> str:
    """What becomes of a picture: "accepted", or the reason why not."""
    try:
        make_cover_safely(path)
    except Refused as refused:
        return refused.sentence
    return "accepted"


def main(count: int, seed: int) -> int:
    """Judge all files; the exit status is 0 when each was accepted or refused with a reason of its own."""
    ffmpeg, reasons, slowest_s = shutil.which("ffmpeg"), Counter[str](), 0.0
    begun = time.monotonic()
    parts = ((judge_song, songs(), count - count // A_FIFTH), (judge_picture, pictures(), count // A_FIFTH))
    with tempfile.TemporaryDirectory(prefix="corpus-") as folder:
        path = Path(folder) / "file"
        for judge, files, share in parts:
            for spoilt in damaged(files, share, seed):
                path.write_bytes(spoilt)
                before = time.monotonic()
                reasons[judge(path, ffmpeg)] += 1
                slowest_s = max(slowest_s, time.monotonic() - before)
    for reason, times in reasons.most_common():
        print(f"{times:6} {reason}")
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    peak_mb = peak / (1 << 20 if sys.platform == "darwin" else 1 << 10)
    print(f"{reasons.total()} files in {time.monotonic() - begun:.0f} s; the slowest took {slowest_s:.1f} s; ", end="")
    print(f"the largest child {peak_mb:.0f} MB.")
    without_reason = sum(times for reason, times in reasons.items() if not reason or reason == DAMAGED)
    return 1 if without_reason or reasons.total() != count else 0


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--files", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    sys.exit(main(options.files, options.seed))
