"""Words of names with a letter or two cut out: two spellings that differ by a typo meet in a cut.

Kept are the words themselves, for what begins with some letters or holds them, and the cuts of their first seven
letters: one letter out of words of four to seven letters, up to two out of longer ones. Words are only ever added: one
whose names are gone leads to nothing.
"""

from itertools import combinations

SHORTEST = 3
SHORTEST_CUT = 4
STEM = 7
LONG = 8
NUMBERS = " UNION ALL ".join(f"SELECT {number} AS n" for number in range(1, STEM + 1))


def typos_forgiven(word: str) -> int:
    """How many letters of a word may be wrong."""
    if len(word) < SHORTEST_CUT:
        return 0
    return 2 if len(word) >= LONG else 1


def cuts(word: str) -> set[str]:
    """A word's beginning as it is, and with as many letters cut out as are too many or wrong in what was meant."""
    stem = word[:STEM]
    most = 2 if len(word) > LONG - 3 else 1
    return {
        "".join(letter for place, letter in enumerate(stem) if place not in out)
        for count in range(most + 1)
        for out in combinations(range(len(stem)), count)
    }


def cuts_of(words: str) -> str:
    """SQL for the rows (cut, word) of the words in a FROM item with a column `word`."""
    stem = f"substr(word, 1, {STEM})"
    once = f"substr({stem}, 1, n - 1) || substr({stem}, n + 1)"
    twice = f"substr({stem}, 1, a.n - 1) || substr({stem}, a.n + 1, b.n - a.n - 1) || substr({stem}, b.n + 1)"
    return f"""
        SELECT {stem} AS cut, word FROM {words} WHERE length(word) >= {SHORTEST_CUT}
        UNION SELECT {once}, word FROM {words}, ({NUMBERS}) AS numbers
            WHERE length(word) >= {SHORTEST_CUT} AND n <= length(word)
        UNION SELECT {twice}, word FROM {words}, ({NUMBERS}) AS a, ({NUMBERS}) AS b
            WHERE length(word) >= {LONG} AND a.n < b.n"""
