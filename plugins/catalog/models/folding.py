"""Names as keys: what people do not tell apart when they sort and search is the same here."""

import unicodedata

import sqlalchemy as sa

KEY_LIMIT = 300
# Letters that Unicode does not take apart.
LETTERS = str.maketrans({"ø": "o", "đ": "d", "ð": "d", "ł": "l", "ı": "i", "þ": "th", "æ": "ae", "œ": "oe", "ħ": "h"})
# Compared byte by byte on both databases, whatever language the server speaks, so that lists page alike.
KEY = sa.String(KEY_LIMIT).with_variant(sa.String(KEY_LIMIT, collation="C"), "postgresql")


def fold(text: str) -> str:
    """A name without case, accents and doubled spaces: “Night Bus to Årdal” → “night bus to ardal”."""
    parts = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(letter for letter in parts if not unicodedata.combining(letter)).translate(LETTERS)
    return " ".join(bare.split())[:KEY_LIMIT].rstrip()
