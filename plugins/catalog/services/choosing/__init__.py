"""Songs chosen by rules: lists that keep themselves fresh."""

from plugins.catalog.services.choosing.fields import FIELDS, SORTS, Field, Kind, Operator, Sort
from plugins.catalog.services.choosing.lists import count_by_rules, song_ids_by_rules, songs_by_rules
from plugins.catalog.services.choosing.reading import read_rules
from plugins.catalog.services.choosing.rules import (
    MOST_MINUTES,
    MOST_RULES,
    MOST_SONGS,
    Group,
    Limit,
    Rule,
    Rules,
)
from plugins.catalog.services.choosing.wording import names_meant, rules_in_words

__all__ = [
    "FIELDS",
    "MOST_MINUTES",
    "MOST_RULES",
    "MOST_SONGS",
    "SORTS",
    "Field",
    "Group",
    "Kind",
    "Limit",
    "Operator",
    "Rule",
    "Rules",
    "Sort",
    "count_by_rules",
    "names_meant",
    "read_rules",
    "rules_in_words",
    "song_ids_by_rules",
    "songs_by_rules",
]
