"""Names of artists, albums and songs by the million, made of words as common and as rare as in a real library."""

import random
from bisect import bisect
from itertools import accumulate

COMMON = """
    love the you me night of a in my to and i remix on live it for your no heart time day with be baby all blue is one
    dance world like up dream go down girl little soul good rock way sun song fire home moon black life summer river
    rain road light remastered dont city star instrumental sky gold water wild last dark sweet lonely forever angel
"""
LOVE_SHARE = 0.3
ONSETS = "b bl br c ch cl cr d dr f fl fr g gl gr h j k l m n p pl pr qu r s sh sk sl st str t th tr v w y z"
VOWELS = "a e i o u ai ea ee ie oa oo ou"
CODAS = "l m n nd ng nt r rd rn s st t x"
OPEN_SHARE = 0.3
SCRIPTS = ("夜の電車", "愛してる", "ночь", "любовь", "моя душа", "أغنية", "ليلى", "사랑", "Été", "Größe")
SCRIPT_SHARE = 0.03


class Vocabulary:
    """So many words, the first ones real; how often each is drawn falls with its rank (Zipf)."""

    def __init__(self, size: int, seed: int) -> None:
        self.random = random.Random(seed)
        words = dict.fromkeys(COMMON.split())
        while len(words) < size:
            words.setdefault(self.coined())
        self.words = list(words)
        self.sums = list(accumulate(1 / (rank + 2.7) for rank in range(size)))

    def coined(self) -> str:
        return "".join(self.syllable() for _ in range(self.random.choices((1, 2, 3), (2, 6, 2))[0]))

    def syllable(self) -> str:
        draw = self.random.choice
        coda = "" if self.random.random() < OPEN_SHARE else draw(CODAS.split())
        return draw(ONSETS.split()) + draw(VOWELS.split()) + coda

    def word(self) -> str:
        return self.words[bisect(self.sums, self.random.random() * self.sums[-1])]

    def name(self, most_words: int) -> str:
        """A name of an artist or an album."""
        if self.random.random() < SCRIPT_SHARE:
            return f"{self.random.choice(SCRIPTS)} {self.word()}"
        return " ".join(self.word() for _ in range(self.random.randint(1, most_words))).title()

    def title(self) -> str:
        """A song's title: three in ten have “love” in it."""
        name = self.name(5)
        if self.random.random() < LOVE_SHARE:
            words = name.split()
            words.insert(self.random.randint(0, len(words)), "Love")
            name = " ".join(words)
        return name

    def plays(self) -> int:
        """Most are heard by few, few by millions."""
        return int(self.random.paretovariate(0.8)) - 1
