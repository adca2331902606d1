"""How many typos lie between two words: letters that are wrong, missing, too many, or swapped with their neighbour."""


def typos_to_equal(word: str, other: str) -> int:
    """The typos that make one word of the other."""
    return last_row(word, other)[-1]


def typos_to_begin(word: str, other: str) -> int:
    """The fewest typos that make `word` of any beginning of the other."""
    return min(last_row(word, other))


def last_row(word: str, other: str) -> list[int]:
    """The typos from the whole of `word` to each beginning of `other`, from none of it to all."""
    before: list[int] = []
    row = list(range(len(other) + 1))
    for at, letter in enumerate(word, 1):
        two_before, before, row = before, row, [at]
        for to, sign in enumerate(other, 1):
            cost = min(before[to] + 1, row[to - 1] + 1, before[to - 1] + (letter != sign))
            if at > 1 and to > 1 and letter == other[to - 2] and word[at - 2] == sign:
                cost = min(cost, two_before[to - 2] + 1)
            row.append(cost)
    return row
