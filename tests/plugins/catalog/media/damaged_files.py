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


DAMAGES: tuple[Damage, ...] = (cut, headless, flipped, bad_header, bad_header, hollow, joined, stuffed, shuffled)


def damaged(files: Sequence[bytes], count: int, seed: int) -> Iterator[bytes]:
    """Give `count` spoiled versions of these files, the same ones for the same seed."""
    chance = random.Random(seed)
    for number in range(count):
        file = bytearray(files[number % len(files)])
        spoil = DAMAGES[number // len(files) % len(DAMAGES)]
        spoiled = spoil(chance, file, files)
        if chance.random() < 0.2 and spoiled:
            spoiled = chance.choice(DAMAGES)(chance, bytearray(spoiled), files)
        yield spoiled
