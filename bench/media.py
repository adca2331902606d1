"""What it costs to listen to music once: seconds of processor time for each minute of sound, by file.

python bench/media.py FILE…
"""

import os
import shutil
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from plugins.catalog.media import examine_safely, sniff


def cost(path: Path) -> None:
    """Examine one file as the worker does, and print what the child took."""
    before, begun = os.times(), time.perf_counter()
    sound = examine_safely(path, ffmpeg=shutil.which("ffmpeg")).sound
    took_s, after = time.perf_counter() - begun, os.times()
    cpu_s = after.children_user + after.children_system - before.children_user - before.children_system
    minutes = sound.duration_s / 60
    print(
        f"{path.name}: {sound.codec}, {minutes:.1f} min, {sound.loudness_lufs} LUFS, {sound.true_peak_dbtp} dBTP: "
        f"{cpu_s / minutes:.2f} s of processor and {took_s / minutes:.2f} s on the clock per minute of sound"
    )


if __name__ == "__main__":
    for name in sys.argv[1:]:
        if sniff(name) is None:
            print(f"{name}: no music")
        else:
            cost(Path(name))
