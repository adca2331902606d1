"""Where a copy of ffmpeg comes from when the machine has none: one pinned package of the Python index per platform.

It is a program of its own under the GPL, fetched by the machine that runs it and never handed on with this site.
"""

import platform
import sys
from dataclasses import dataclass

INDEX = "https://files.pythonhosted.org/packages"
NAME = "imageio_ffmpeg-0.8.1-py3-none"
PROGRAM = "imageio_ffmpeg/binaries/ffmpeg-"


@dataclass(frozen=True)
class Wheel:
    """A package that holds the program: where it lies, how large it is, and its hash."""

    url: str
    size_bytes: int
    sha256: str


WHEELS = {
    ("linux", "x86_64"): Wheel(
        f"{INDEX}/de/0f/49292fbef69ee10ebcf97bb741602521caafcc6966d5fa1a2b868cc15655/{NAME}-manylinux_2_28_x86_64.whl",
        67_998_402,
        "050d6850601c3b3890bd2b28306f3b842b3daea390a561101174375a1c460bda",
    ),
    ("linux", "aarch64"): Wheel(
        f"{INDEX}/53/02/e139e53a71f33f728cb2ce6c1124edc29e4c008427923f01a4d37f9a1867/{NAME}-manylinux_2_28_aarch64.whl",
        60_956_631,
        "fad3176f859b25869e60a8ed79957d4e3ed74a97a95e5f0cdcb91455f6c6d00e",
    ),
    ("darwin", "x86_64"): Wheel(
        f"{INDEX}/da/24/2c3a7c69453bfb8374ddbbb5007346bad4a4247bc86882f3521cd615f929/{NAME}-macosx_10_13_x86_64.whl",
        26_974_382,
        "9538a10e598257263b5de1a1c1b86e7603417bc219245b1e279b452e5e48cc20",
    ),
    ("darwin", "arm64"): Wheel(
        f"{INDEX}/2b/47/9f9b654f853598bae0850fa22bba168103e45d31b5a2a893ed474f28d54a/{NAME}-macosx_12_0_arm64.whl",
        22_625_474,
        "5636d691e36e5274b13fe38182b1f627b2e35dcecc63944012c2470f9484fc45",
    ),
}


def wheel_here() -> Wheel | None:
    """The package for this machine, None where there is none."""
    return WHEELS.get((sys.platform, platform.machine().lower()))
