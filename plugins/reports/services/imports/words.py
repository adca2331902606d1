"""Long words cut to what a page shows."""

LONGEST_SHOWN = 240
BEFORE = 40


def cut(words: str, limit: int = LONGEST_SHOWN) -> str:
    """Words of at most so many characters."""
    return words if len(words) <= limit else f"{words[: limit - 1]}…"


def at_difference(old: str, new: str) -> tuple[str, str]:
    """Both words, beginning shortly before the place where they differ when they are long."""
    if max(len(old), len(new)) <= LONGEST_SHOWN:
        return old, new
    same = next((place for place, (a, b) in enumerate(zip(old, new, strict=False)) if a != b), min(len(old), len(new)))
    start = max(0, same - BEFORE)
    lead = "…" if start else ""
    return cut(lead + old[start:]), cut(lead + new[start:])
