"""The expressions that Alpine's CSP build runs, as a parser: what it refuses, a page would lose without a word."""

import re

TOKEN = re.compile(
    r"""\s*(?:
      (?P<number>\d+(?:\.\d+)?)
    | (?P<string>'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")
    | (?P<name>[A-Za-z_$][\w$]*)
    | (?P<sign>===|!==|==|!=|<=|>=|&&|\|\||[-+*/%!<>=?:.,()\[\]{}])
    )""",
    re.VERBOSE,
)
REFUSED = frozenset({"typeof", "new", "function", "delete", "void", "in", "of", "window", "document", "globalThis"})
BINARY = (("||",), ("&&",), ("===", "!==", "==", "!="), ("<", ">", "<=", ">="), ("+", "-"), ("*", "/", "%"))


class NotAlpine(ValueError):
    """This text is no expression that the CSP build runs."""


class Expression:
    """Reads one expression to its end; raises NotAlpine where the CSP build would."""

    def __init__(self, text: str) -> None:
        self.tokens = self.split(text)
        self.place = 0
        self.assignment()
        if self.here():
            raise NotAlpine(f"unexpected {self.here()!r} in {text!r}")

    def split(self, text: str) -> list[str]:
        tokens, place = [], 0
        while text[place:].strip():
            match = TOKEN.match(text, place)
            if match is None:
                raise NotAlpine(f"cannot be read from {text[place:]!r}")
            tokens.append(match.group().strip())
            place = match.end()
        return tokens

    def here(self) -> str:
        return self.tokens[self.place] if self.place < len(self.tokens) else ""

    def take(self, *expected: str) -> str:
        token = self.here()
        if not token or (expected and token not in expected):
            raise NotAlpine(f"expected {' or '.join(expected) or 'more'}, found {token!r}")
        self.place += 1
        return token

    def assignment(self) -> None:
        self.ternary()
        if self.here() == "=":
            self.take("=")
            self.assignment()

    def ternary(self) -> None:
        self.binary(0)
        if self.here() == "?":
            self.take("?")
            self.assignment()
            self.take(":")
            self.assignment()

    def binary(self, level: int) -> None:
        if level == len(BINARY):
            self.unary()
            return
        self.binary(level + 1)
        while self.here() in BINARY[level]:
            self.take()
            self.binary(level + 1)

    def unary(self) -> None:
        while self.here() in ("!", "-", "+"):
            self.take()
        self.postfix()

    def postfix(self) -> None:
        self.primary()
        while self.here() in (".", "[", "("):
            sign = self.take()
            if sign == ".":
                self.name()
            elif sign == "[":
                self.assignment()
                self.take("]")
            else:
                self.sequence(")", self.assignment)

    def name(self) -> None:
        if not re.fullmatch(r"[A-Za-z_$][\w$]*", self.here()):
            raise NotAlpine(f"expected a name, found {self.here()!r}")
        self.take()

    def primary(self) -> None:
        token = self.here()
        if token == "(":
            self.take("(")
            self.assignment()
            self.take(")")
        elif token == "[":
            self.take("[")
            self.sequence("]", self.assignment)
        elif token == "{":
            self.take("{")
            self.sequence("}", self.pair)
        elif token in REFUSED:
            raise NotAlpine(f"{token} is not to be had")
        elif re.match(r"[\w$'\"]", token):
            self.take()
        else:
            raise NotAlpine(f"unexpected {token!r}")

    def pair(self) -> None:
        self.take()
        if self.here() == ":":
            self.take(":")
            self.assignment()

    def sequence(self, end: str, part: "object") -> None:
        assert callable(part)
        while self.here() != end:
            part()
            if self.here() != end:
                self.take(",")
        self.take(end)


def loop(text: str) -> None:
    """The value of `x-for`: `song in songs` or `(song, place) in songs`."""
    match = re.fullmatch(r"\s*(?:[\w$]+|\(\s*[\w$]+\s*,\s*[\w$]+\s*\))\s+in\s+(.+)", text, re.DOTALL)
    if match is None:
        raise NotAlpine(f"{text!r} is no loop")
    Expression(match.group(1))
