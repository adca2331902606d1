"""Names as keys: what people do not tell apart when they sort and search is the same here.

Keys are stored, and the search index splits them at their spaces: who changes the folding writes a revision that folds
what is stored anew.
"""

import re
import unicodedata

import sqlalchemy as sa

KEY_LIMIT = 300
# Letters that Unicode does not take apart, and those that differ by keyboard or habit alone.
LETTERS = {
    "ø": "o",
    "đ": "d",
    "ð": "d",
    "ł": "l",
    "ı": "i",
    "þ": "th",
    "æ": "ae",
    "œ": "oe",
    "ħ": "h",
    "ى": "ي",
    "ی": "ي",
    "ک": "ك",
    "ة": "ه",
    "ـ": "",
    "&": " and ",
    **dict.fromkeys("'’‘ʼʻ`´", ""),
    "\n": "\n",
}
INITIALS = re.compile(r"\b(\w)\.(?=\w\b)")
STAND_IN = re.compile(r"(?<=[^\W\d_])[$!](?=[^\W\d_])")
STANDS_FOR = {"$": "s", "!": "i"}
# Chinese and Japanese are written without spaces: there each sign is a word.
WITHOUT_SPACES = re.compile(r"[\u3005\u3041-\u3096\u30fc\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af]")
KATAKANA = range(0x30A1, 0x30F7)
HIRAGANA_BELOW = 0x60
# Compared byte by byte on both databases, whatever language the server speaks, so that lists page alike.
KEY = sa.String(KEY_LIMIT).with_variant(sa.String(KEY_LIMIT, collation="C"), "postgresql")


class Signs(dict[int, str]):
    """What becomes of each sign in a key, found when it is first met; for `str.translate`."""

    def __missing__(self, code: int) -> str:
        sign = chr(code)
        if code in KATAKANA:
            sign = chr(code - HIRAGANA_BELOW)
        if WITHOUT_SPACES.match(sign):
            sign = f" {sign} "
        elif unicodedata.combining(sign):
            sign = ""
        elif unicodedata.category(sign)[0] not in "LNM":
            sign = " "
        self[code] = sign
        return sign


SIGNS = Signs({ord(letter): bare for letter, bare in LETTERS.items()})


def fold(text: str) -> str:
    """A name as its words, without case, accents and punctuation: “Night Bus, to Årdal!” → “night bus to ardal”.

    A name that is nothing but signs (“!!!”) keeps them.
    """
    return fold_all(text[: KEY_LIMIT * 2])[:KEY_LIMIT].rstrip()


def fold_all(text: str) -> str:
    """As `fold`, for a text of any length."""
    parts = taken_apart(text)
    return " ".join(parts.translate(SIGNS).split()) or " ".join(parts.split())


def fold_lines(text: str) -> list[str]:
    """The lines of a text, each folded; they are as many as the text has."""
    return taken_apart(text).translate(SIGNS).split("\n")


def taken_apart(text: str) -> str:
    """A text in small letters with its accents as signs of their own, and what stands for letters written as these."""
    parts = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    return INITIALS.sub(r"\1", STAND_IN.sub(lambda sign: STANDS_FOR[sign[0]], parts))


def has_no_spaces(word: str) -> bool:
    """Whether a word of a key is one sign of a script without spaces, so that its neighbours belong to it."""
    return len(word) == 1 and WITHOUT_SPACES.match(word) is not None
