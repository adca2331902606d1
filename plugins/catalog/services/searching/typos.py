"""How many typos lie between two words: letters that are wrong, missing, too many, or swapped with their neighbour."""

from collections.abc import Iterable

from plugins.catalog.models.search_index.cuts import typos_forgiven

MOST_LIKELY = 12
MOST_COMPARED = 100
# So many letters may be missing from the end of a word that is begun.
MOST_MISSING = 4


def likeliest(word: str, candidates: Iterable[str], holding: Iterable[str], *, is_begun: bool) -> tuple[str, ...]:
    """The words that `word` may have been meant for, the likeliest first, then those that hold it.

    A word that is begun may be meant for the beginning of a longer one.
    """
    ranked = []
    for candidate in alike(word, candidates, MOST_MISSING if is_begun else 0):
        forgiven = typos_forgiven(candidate)
        row = last_row(word, candidate, forgiven)
        typos = min(row) if is_begun else row[-1]
        if 0 < typos <= forgiven:
            ranked.append((typos, abs(len(candidate) - len(word)), candidate))
    ranked += [(len(word), len(whole), whole) for whole in holding if word in whole]
    return tuple(candidate for _, _, candidate in sorted(ranked)[:MOST_LIKELY])


def alike(word: str, candidates: Iterable[str], missing: int) -> list[str]:
    """The candidates of a fitting length whose letters are most alike, as many as may be compared letter by letter.

    Each typo brings at most one letter and takes one away, which is soon told.
    """
    letters = set(word)
    fitting = []
    for candidate in candidates:
        forgiven = typos_forgiven(candidate)
        unlike = len(letters.symmetric_difference(candidate[: len(word)]))
        longer = len(candidate) - len(word)
        if candidate != word and unlike <= 2 * forgiven and -forgiven <= longer <= max(missing, forgiven):
            fitting.append((unlike, abs(longer), candidate))
    return [candidate for _, _, candidate in sorted(fitting)[:MOST_COMPARED]]


def last_row(word: str, other: str, most: int) -> list[int]:
    """The typos from the whole of `word` to each beginning of `other`, from none of it to all.

    When they must be more than `most`, it is any row of larger numbers.
    """
    before: list[int] = []
    row = list(range(len(other) + 1))
    for at, letter in enumerate(word, 1):
        two_before, before, row = before, row, [at]
        for to, sign in enumerate(other, 1):
            cost = min(before[to] + 1, row[to - 1] + 1, before[to - 1] + (letter != sign))
            if at > 1 and to > 1 and letter == other[to - 2] and word[at - 2] == sign:
                cost = min(cost, two_before[to - 2] + 1)
            row.append(cost)
        if min(row) > most and min(before) > most:
            break
    return row
