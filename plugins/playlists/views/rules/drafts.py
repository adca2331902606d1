"""Rules as a form holds them: lines of words, finished or not, which become rules and are made of rules."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from plugins.catalog.services import FIELDS, MOST_RULES, Group, Limit, Operator, Rule, Rules
from plugins.playlists.views.rules.words import Names, said, typed

Written = dict[str, Any]
DEFAULT_SONGS = "50"
NO_LENGTH = "Write a length in minutes and seconds, such as 3:30."


@dataclass
class Line:
    """A rule in the form. `place` is where its rule stands among those that were read, such as `rules.0`."""

    field: str
    operator: str
    value: str = ""
    second: str = ""
    place: str = ""
    errors: list[str] = field(default_factory=list)

    @property
    def compares(self) -> Operator:
        """The way in which this line compares; the first one of its field where it has none of its ways."""
        ways = FIELDS[self.field].operators
        return ways.get(self.operator) or next(iter(ways.values()))

    @property
    def is_open(self) -> bool:
        """Whether something is yet to be filled in."""
        operator = self.compares
        return operator.kind != "none" and not (self.value and (self.second or not operator.is_range))

    def written(self) -> Written:
        operator = self.compares
        rule: Written = {"field": self.field, "operator": operator.name}
        if operator.kind == "none":
            return rule
        value = typed(operator.kind, self.value)
        return {**rule, "value": [value, typed(operator.kind, self.second)] if operator.is_range else value}

    def refuse(self, sentences: list[str]) -> None:
        """Put what is wrong beside this line, once; a length is written here otherwise than rules hold it."""
        ends = self.written().get("value")
        is_unread = any(isinstance(end, str) for end in (ends if isinstance(ends, list) else [ends]))
        if self.compares.kind == "seconds" and is_unread:
            sentences = [NO_LENGTH]
        self.errors += [sentence for sentence in sentences if sentence not in self.errors]


@dataclass
class Bracket:
    """A group of rules in the form."""

    match: str
    lines: list[Line]
    place: str = ""
    errors: list[str] = field(default_factory=list)


@dataclass
class Draft:
    """A smart playlist as a form holds it. `limited_by` is "", songs or minutes."""

    name: str = ""
    match: str = "all"
    parts: list[Line | Bracket] = field(default_factory=list)
    sort: str = "newest"
    reverse: bool = False
    limited_by: str = ""
    amount: str = DEFAULT_SONGS
    revision: str = ""
    errors: dict[str, list[str]] = field(default_factory=dict)

    @property
    def order(self) -> str:
        """The order as the form names it."""
        return f"{self.sort}:reverse" if self.reverse else self.sort

    @property
    def is_full(self) -> bool:
        """Whether there may be no more rules."""
        return len(list(self.lines())) >= MOST_RULES

    def lines(self) -> Iterator[Line]:
        for part in self.parts:
            yield from part.lines if isinstance(part, Bracket) else [part]

    def written(self, *, finished_only: bool = False) -> Written:
        """What the form says, for `read_rules`; with `finished_only` without lines that are yet to be filled in."""
        rules: list[Written] = []
        for part in self.parts:
            part.place = f"rules.{len(rules)}"
            if isinstance(part, Line):
                rules += written_lines([part], "rules", finished_only, len(rules))
                continue
            inner = written_lines(part.lines, f"{part.place}.rules", finished_only)
            if inner or not finished_only:
                rules.append({"match": part.match, "rules": inner})
        limit = {self.limited_by: typed("count", self.amount)} if self.limited_by else None
        return {"match": self.match, "rules": rules, "sort": self.sort, "reverse": self.reverse, "limit": limit}

    def refuse(self, errors: dict[str, list[str]]) -> None:
        """Put what is wrong beside its line; the rest stays with the form."""
        places = {part.place: part for part in [*self.parts, *self.lines()] if part.place}
        for name, sentences in errors.items():
            line = places.get(name) or places.get(name.rpartition(".")[0])
            if isinstance(line, Line):
                line.refuse(sentences)
            else:
                said = line.errors if line is not None else self.errors.setdefault(name, [])
                said += [sentence for sentence in sentences if sentence not in said]


def written_lines(lines: list[Line], place: str, finished_only: bool, begin: int = 0) -> list[Written]:
    """The rules of some lines, each of which learns its place."""
    rules: list[Written] = []
    for line in lines:
        line.place = ""
        if not (finished_only and line.is_open):
            line.place = f"{place}.{begin + len(rules)}"
            rules.append(line.written())
    return rules


def draft_of(rules: Rules, names: Names, *, name: str = "", revision: str = "") -> Draft:
    """The form of rules that stand already; `names` are those of what they mean by id."""
    limited_by, amount = limit_words(rules.limit)
    return Draft(
        name=name,
        match=rules.match,
        parts=[
            Bracket(part.match, [line_of(rule, names) for rule in part.rules])
            if isinstance(part, Group)
            else line_of(part, names)
            for part in rules.rules
        ],
        sort=rules.sort,
        reverse=rules.reverse,
        limited_by=limited_by,
        amount=amount,
        revision=revision,
    )


def line_of(rule: Rule, names: Names) -> Line:
    kind = FIELDS[rule.field].operators[rule.operator].kind
    if isinstance(rule.value, tuple):
        return Line(rule.field, rule.operator, *(said(kind, end, names) for end in rule.value))
    return Line(rule.field, rule.operator, said(kind, rule.value, names))


def limit_words(limit: Limit | None) -> tuple[str, str]:
    if limit is None:
        return "", DEFAULT_SONGS
    return ("songs", str(limit.songs)) if limit.songs is not None else ("minutes", str(limit.minutes))


def new_line() -> Line:
    """The rule that a form adds."""
    return Line("genre", "is")
