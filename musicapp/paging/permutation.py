"""A seed's own order of the numbers below a power of two, in which each can be found and each place be read."""


class Permutation:
    """Some rounds of steps on `bits` bits, each of which can be undone: multiply and add, then mix the high bits in."""

    def __init__(self, seed: int, bits: int) -> None:
        self.size = 1 << bits
        self.mask = self.size - 1
        self.shift = (bits + 1) // 2
        first, second = seed * 0x9E3779B1 & 0xFFFFFFFF, seed * 0x85EBCA77 & 0xFFFFFFFF
        self.rounds = [
            (factor | 1, step, pow(factor | 1, -1, self.size))
            for factor, step in ((first, second), (second ^ 0x2545F491, first ^ 0x5851F42D), (first ^ 0x27D4EB2F, seed))
        ]

    def number_at(self, place: int) -> int:
        """The number that stands at a place."""
        mask, shift = self.mask, self.shift
        for factor, step, _ in self.rounds:
            place = (place * factor + step) & mask
            place ^= place >> shift
        return place

    def place_of(self, number: int) -> int:
        """The place where a number stands."""
        mask, shift = self.mask, self.shift
        for _, step, inverse in reversed(self.rounds):
            number ^= number >> shift
            number = (number - step) * inverse & mask
        return number
