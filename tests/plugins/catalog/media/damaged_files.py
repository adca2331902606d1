"""A corpus of damaged files: sound ones, spoiled in the ways that disks, networks and strangers spoil them."""

import random
from collections.abc import Callable, Iterator, Sequence

Damage = Callable[[random.Random, bytearray, Sequence[bytes]], bytes]


def cut(chance: random.Random, file: bytearray, others: Sequence[bytes]) -> bytes:
    """Lose the end."""
    return bytes(file[: chance.randrange(len(file))])


def headless(chance: random.Random, file: bytearray, others: Sequence[bytes]) -> bytes:
    """Lose the beginning."""
    return bytes(file[chance.randrange(1, min(len(file), 3_000)) :])


def flipped(chance: random.Random, file: bytearray, others: Sequence[bytes]) -> bytes:
    """Flip single bits anywhere."""
    for _ in range(chance.choice((1, 10, 300))):
        file[chance.randrange(len(file))] ^= 1 << chance.randrange(8)
    return bytes(file)


def bad_header(chance: random.Random, file: bytearray, others: Sequence[bytes]) -> bytes:
    """Overwrite bytes of the first hundred, with preference for extremes."""
    for _ in range(chance.randrange(1, 9)):
        file[chance.randrange(min(len(file), 100))] = chance.choice((0, 1, 127, 128, 254, 255, chance.randrange(256)))
    return bytes(file)


def hollow(chance: random.Random, file: bytearray, others: Sequence[bytes]) -> bytes:
    """Fill a stretch with zeros or with ones."""
    start = chance.randrange(len(file))
    size = chance.randrange(1, len(file))
    file[start : start + size] = chance.choice((b"\0", b"\xff")) * len(file[start : start + size])
    return bytes(file)


def joined(chance: random.Random, file: bytearray, others: Sequence[bytes]) -> bytes:
    """Go on as another file, from any place in both."""
    other = chance.choice(others)
    return bytes(file[: chance.randrange(len(file))]) + other[chance.randrange(len(other)) :]


def stuffed(chance: random.Random, file: bytearray, others: Sequence[bytes]) -> bytes:
    """Get noise put into the middle."""
    place = chance.randrange(len(file))
    return bytes(file[:place]) + chance.randbytes(chance.randrange(1, 30_000)) + bytes(file[place:])


def shuffled(chance: random.Random, file: bytearray, others: Sequence[bytes]) -> bytes:
    """Have blocks of 512 bytes in another order."""
    blocks = [bytes(file[start : start + 512]) for start in range(0, len(file), 512)]
    chance.shuffle(blocks)
    return b"".join(blocks)


def boastful(chance: random.Random, file: bytearray, others: Sequence[bytes]) -> bytes:
    """Claim a size that no file has, beside the name of a chunk, box, page or tag."""
    places = [file.find(name) for name in NAMES if name in file]
    for place in chance.sample(places, min(len(places), 2)):
        start = max(0, place + chance.choice((-4, 4, 6, 8)))
        file[start : start + 4] = chance.choice(SIZES)
    return bytes(file)


def burdened(chance: random.Random, file: bytearray, others: Sequence[bytes]) -> bytes:
    """Carry a tag made to keep its reader busy: of many frames, of many values, of a size that is not there."""
    frames = chance.choice(
        (
            b"".join(b"TXXX" + (6).to_bytes(4, "big") + b"\0\0\0a\0b" + b"\0\0" for _ in range(4_000)),
            b"TPE1" + (90_001).to_bytes(4, "big") + b"\0\0\3" + b"a\0" * 45_000,
            b"APIC\x7f\xff\xff\xff\0\0\0image/png\0\3\0",
            b"\0" * 60_000,
        )
    )
    size = chance.choice((len(frames), 0x0FFFFFFF, 10))
    spread = bytes(size >> shift & 127 for shift in (21, 14, 7, 0))
    return (
        b"ID3"
        + chance.choice((b"\3\0", b"\4\0", b"\2\0"))
        + chance.choice((b"\0", b"\x80", b"\x40"))
        + spread
        + frames
        + file
    )


def something_else(chance: random.Random, file: bytearray, others: Sequence[bytes]) -> bytes:
    """Be a document, program, picture, archive or page under a song's name."""
    return chance.choice(STRANGERS) + bytes(file[: chance.choice((0, 40, len(file)))])


NAMES = (
    b"moov",
    b"trak",
    b"stsz",
    b"stsc",
    b"stco",
    b"stsd",
    b"mdat",
    b"ftyp",
    b"data",
    b"fmt ",
    b"RIFF",
    b"SSND",
    b"COMM",
)
NAMES += (
    b"FORM",
    b"OggS",
    b"OpusHead",
    b"OpusTags",
    b"vorbis",
    b"fLaC",
    b"ID3",
    b"Xing",
    b"Info",
    b"IHDR",
    b"IDAT",
    b"VP8 ",
)
SIZES = (b"\xff\xff\xff\xff", b"\x7f\xff\xff\xff", b"\x80\0\0\0", b"\0\0\0\0", b"\0\0\0\1", b"\xff\xff\0\0")
STRANGERS = (
    b"PK\3\4" + bytes(60),
    b"<!DOCTYPE html><script>alert(1)</script>",
    b"<?xml version='1.0'?><svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
    b"#EXTM3U\nhttp://127.0.0.1/a.mp3\n",
    b"ffconcat version 1.0\nfile /etc/passwd\n",
    b"Only words.\n" * 20,
    b"%PDF-1.7\n",
    b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\xff\xff\0\0\xff\xff\x08\6\0\0\0",
    b"GIF89a" + bytes(30),
    b"\x7fELF" + bytes(60),
    b"#!/bin/sh\nid\n",
    b"\x1a\x45\xdf\xa3" + bytes(40),
    b"",
)
SPOILT: tuple[Damage, ...] = (cut, headless, flipped, bad_header, bad_header, hollow, joined, stuffed, shuffled)
DAMAGES: tuple[Damage, ...] = (*SPOILT, boastful, boastful, burdened, something_else)


def damaged(files: Sequence[bytes], count: int, seed: int) -> Iterator[bytes]:
    """Give `count` spoiled versions of these files, the same ones for the same seed."""
    chance = random.Random(seed)
    for number in range(count):
        file = bytearray(files[number % len(files)])
        spoil = DAMAGES[number // len(files) % len(DAMAGES)]
        spoiled = spoil(chance, file, files)
        if chance.random() < 0.2 and spoiled:
            spoiled = chance.choice(SPOILT)(chance, bytearray(spoiled), files)
        yield spoiled
