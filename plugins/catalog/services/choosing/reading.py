"""Rules as somebody sent them become rules that hold, or sentences that name the place of what is wrong."""

from collections.abc import Collection, Mapping
from typing import cast

from musicapp.errors import Invalid
from plugins.catalog.services.choosing.fields import FIELDS, SORTS
from plugins.catalog.services.choosing.rules import (
    MOST_MINUTES,
    MOST_RULES,
    MOST_SONGS,
    Group,
    Limit,
    Match,
    Rule,
    Rules,
)
from plugins.catalog.services.choosing.values import read_number, read_value

PARTS = ("match", "rules", "sort", "reverse", "limit")


def read_rules(raw: object) -> Rules:
    """The rules that `raw` says; raises Invalid with sentences by place, such as `rules.0.value`."""
    reader = Reader()
    rules = reader.rules(raw)
    if reader.errors:
        raise Invalid("Some of the rules do not fit.", reader.errors)
    return rules


class Reader:
    """Reads rules and collects what is wrong with them, by place."""

    def __init__(self) -> None:
        self.errors: dict[str, list[str]] = {}
        self.count = 0

    def wrong(self, place: str, sentence: str) -> None:
        self.errors.setdefault(place, []).append(sentence)

    def rules(self, raw: object) -> Rules:
        if not isinstance(raw, Mapping):
            self.wrong("rules", "Rules are an object with “match” and “rules”.")
            return Rules()
        self.known(raw, PARTS, "")
        match, written = self.match(raw, "match"), self.written(raw, "rules")
        rules = tuple(self.rule_or_group(one, f"rules.{place}") for place, one in enumerate(written))
        if self.count > MOST_RULES:
            self.wrong("rules", f"These are too many rules: at most {MOST_RULES}.")
        sort, reverse = raw.get("sort", "newest"), raw.get("reverse", False)
        if not isinstance(sort, str) or sort not in SORTS:
            self.wrong("sort", f"This must be one of {', '.join(SORTS)}.")
        if not isinstance(reverse, bool):
            self.wrong("reverse", "This must be true or false.")
        return Rules(match, rules, str(sort), reverse is True, self.limit(raw.get("limit")))

    def known(self, raw: Mapping[object, object], names: Collection[str], place: str) -> None:
        for name in raw:
            if name not in names:
                self.wrong(f"{place}{name}"[:120], "There is no such field.")

    def match(self, raw: Mapping[object, object], place: str) -> Match:
        match = raw.get("match", "all")
        if match not in ("all", "any"):
            self.wrong(place, "This must be one of all, any.")
        return cast(Match, match)

    def written(self, raw: Mapping[object, object], place: str) -> list[object]:
        """The list of rules; one that is far too long is not read at all."""
        written = raw.get("rules", [])
        if not isinstance(written, list):
            self.wrong(place, "This must be a list of rules.")
            return []
        if len(written) > MOST_RULES:
            self.wrong(place, f"These are too many rules: at most {MOST_RULES}.")
            return []
        return written

    def rule_or_group(self, raw: object, place: str) -> Rule | Group:
        if not isinstance(raw, Mapping) or "rules" not in raw:
            return self.rule(raw, place)
        self.known(raw, ("match", "rules"), f"{place}.")
        written = self.written(raw, f"{place}.rules")
        if not written and f"{place}.rules" not in self.errors:
            self.wrong(f"{place}.rules", "Add a rule to this group, or remove the group.")
        rules = [self.rule(one, f"{place}.rules.{inner}") for inner, one in enumerate(written)]
        return Group(self.match(raw, f"{place}.match"), tuple(rules))

    def rule(self, raw: object, place: str) -> Rule:
        self.count += 1
        nothing = Rule("", "")
        if isinstance(raw, Mapping) and "rules" in raw:
            self.wrong(place, "A group holds rules, and no other group.")
            return nothing
        if not isinstance(raw, Mapping):
            self.wrong(place, "A rule is an object with “field”, “operator” and “value”.")
            return nothing
        self.known(raw, ("field", "operator", "value"), f"{place}.")
        name, operator_name = raw.get("field"), raw.get("operator")
        field = FIELDS.get(name) if isinstance(name, str) else None
        if field is None:
            self.wrong(f"{place}.field", f"This must be one of {', '.join(FIELDS)}.")
            return nothing
        operator = field.operators.get(operator_name) if isinstance(operator_name, str) else None
        if operator is None:
            self.wrong(f"{place}.operator", f"This must be one of {', '.join(field.operators)}.")
            return nothing
        try:
            return Rule(field.name, operator.name, read_value(operator, raw.get("value")))
        except ValueError as error:
            self.wrong(f"{place}.value", str(error))
            return nothing

    def limit(self, raw: object) -> Limit | None:
        if raw is None:
            return None
        if not isinstance(raw, Mapping) or len(raw) != 1 or not set(raw) <= {"songs", "minutes"}:
            self.wrong("limit", "Give a number of songs or of minutes.")
            return None
        try:
            if "songs" in raw:
                return Limit(songs=read_number(1, MOST_SONGS, raw["songs"]))
            return Limit(minutes=read_number(1, MOST_MINUTES, raw["minutes"]))
        except ValueError as error:
            self.wrong("limit", str(error))
            return None
