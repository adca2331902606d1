"""Rules in words, for the page of a list and for who writes them."""

from typing import Any, cast

import sqlalchemy as sa

from musicapp.database import session
from plugins.catalog.models import Album, Artist, Genre
from plugins.catalog.services.choosing.fields import FIELDS, SORTS
from plugins.catalog.services.choosing.rules import Group, Limit, Rule, Rules

NAMES: dict[str, tuple[Any, Any]] = {
    "genre": (Genre, Genre.name),
    "artist": (Artist, Artist.name),
    "album": (Album, Album.title),
}
Names = dict[tuple[str, int], str]
YES = {
    "favourite": ("a favourite", "no favourite"),
    "followed": ("by an artist I follow", "by an artist I do not follow"),
    "explicit": ("explicit", "not explicit"),
}


def rules_in_words(rules: Rules) -> str:
    """Rules as one sentence; a statement for each kind of thing that they name by its id."""
    names = names_meant(rules)
    chosen = joined(rules, names)
    sort = SORTS[rules.sort]
    order = sort.reverse_label if rules.reverse and sort.reverse_label else sort.label
    words = "; ".join([chosen or "all songs", order[0].lower() + order[1:], *limit_in_words(rules.limit)])
    return f"{words[0].upper()}{words[1:]}."


def joined(rules: Rules | Group, names: Names) -> str:
    """Rules with the word that holds them together; several of a group in brackets."""
    parts = [
        (joined(rule, names), len(rule.rules) > 1) if isinstance(rule, Group) else (rule_in_words(rule, names), False)
        for rule in rules.rules
    ]
    word = " and " if rules.match == "all" else " or "
    return word.join(f"({words})" if in_brackets else words for words, in_brackets in parts)


def rule_in_words(rule: Rule, names: Names) -> str:
    if rule.field in YES:
        return YES[rule.field][0 if rule.value else 1]
    field = FIELDS[rule.field]
    words = [field.label[0].lower() + field.label[1:], field.operators[rule.operator].label]
    return " ".join([*words, *value_in_words(rule, names)])


def value_in_words(rule: Rule, names: Names) -> list[str]:
    operator = FIELDS[rule.field].operators[rule.operator]
    value = rule.value
    match operator.kind:
        case "none":
            return []
        case "genre" | "artist" | "album" if isinstance(value, int):
            return [f"“{names.get((rule.field, value), 'one that is gone')}”"]
        case "genre" | "artist" | "album" | "text" | "licence":
            return [f"“{value}”"]
        case "days":
            return ["day" if value == 1 else f"{value} days"]
        case "stars":
            return ["1 star" if value == 1 else f"{value} stars"]
        case "average":
            return [f"{value:g} stars"]
        case "count" if not operator.is_range:
            return [f"{value:,}"]
    ends = cast("tuple[int, int]", value) if operator.is_range else (value,)
    said = [clock(cast(int, end)) if operator.kind == "seconds" else str(end) for end in ends]
    return [" and ".join(said)]


def clock(seconds: int) -> str:
    """Seconds as minutes and seconds: 200 → “3:20”."""
    return f"{seconds // 60}:{seconds % 60:02}"


def limit_in_words(limit: Limit | None) -> list[str]:
    if limit is None:
        return []
    if limit.songs is not None:
        return ["one song" if limit.songs == 1 else f"at most {limit.songs} songs"]
    return ["one minute at most" if limit.minutes == 1 else f"at most {limit.minutes} minutes"]


def names_meant(rules: Rules) -> Names:
    """The names of what rules mean by id."""
    meant: dict[str, set[int]] = {}
    for rule in leaves(rules):
        if rule.field in NAMES and isinstance(rule.value, int):
            meant.setdefault(rule.field, set()).add(rule.value)
    return {
        (field, row_id): name
        for field, ids in meant.items()
        for row_id, name in session().execute(
            sa.select(NAMES[field][0].id, NAMES[field][1]).where(NAMES[field][0].id.in_(ids))
        )
    }


def leaves(rules: Rules | Group) -> list[Rule]:
    """All rules, those in groups too."""
    return [one for rule in rules.rules for one in (leaves(rule) if isinstance(rule, Group) else [rule])]
