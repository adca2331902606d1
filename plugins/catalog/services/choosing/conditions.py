"""Rules as conditions on songs. What somebody wrote becomes parameters and nothing else."""

from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from typing import Any, cast
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from musicapp.clock import now
from musicapp.site.stored_settings import site_settings
from plugins.catalog.models import Album, Artist, Genre, Song, fold
from plugins.catalog.services.choosing import owners
from plugins.catalog.services.choosing.rules import Group, Rule, Rules
from plugins.catalog.services.visibility import Condition, is_public

Column = sa.SQLColumnExpression[Any]
Chooses = Callable[[Rule, int], Condition]


def conditions_of(rules: Rules | Group, owner_id: int) -> Condition:
    """What a song must be to be chosen; without rules every one is."""
    parts = [
        conditions_of(rule, owner_id) if isinstance(rule, Group) else CONDITIONS[rule.field](rule, owner_id)
        for rule in rules.rules
    ]
    if not parts:
        return sa.true()
    return sa.and_(*parts) if rules.match == "all" else sa.or_(*parts)


def compared(column: Column, rule: Rule) -> Condition:
    """A column of numbers; a song that has none there is only ever `is_not` and `missing`."""
    match rule.operator:
        case "is":
            return column == rule.value
        case "is_not":
            return column.is_distinct_from(rule.value)
        case "at_least":
            return column >= rule.value
        case "at_most":
            return column <= rule.value
        case "between":
            return column.between(*cast("tuple[int, int]", rule.value))
    return column.is_(None)


def worded(key: Column, rule: Rule) -> Condition:
    """A column of folded names; `%` and `_` are signs like others."""
    words = fold(cast(str, rule.value))
    match rule.operator:
        case "is":
            return key == words
        case "is_not":
            return key != words
        case "begins":
            return key.startswith(words, autoescape=True)
        case "contains_not":
            return sa.not_(key.contains(words, autoescape=True))
    return key.contains(words, autoescape=True)


def named(column: Column, table: type[Genre | Artist | Album], key: Column, rule: Rule) -> Condition:
    """What a song belongs to, by id or by name; several of the same name are meant alike."""
    if rule.operator == "missing":
        return column.is_(None)
    is_other = rule.operator in ("is_not", "contains_not")
    if isinstance(rule.value, int):
        return column.is_distinct_from(rule.value) if is_other else column == rule.value
    words = Rule(rule.field, "is" if rule.operator in ("is", "is_not") else "contains", rule.value)
    meant = sa.select(table.id).where(worded(key, words))
    if table is Album:
        meant = meant.where(is_public(Album))
    if table is Genre and not is_other:  # there is one of a name, so that the indexes of genres serve
        return column == meant.scalar_subquery()
    return sa.or_(column.is_(None), column.not_in(meant)) if is_other else column.in_(meant)


def licensed(rule: Rule, _owner_id: int) -> Condition:
    """The words of a licence as they were written, but for large and small letters."""
    if rule.operator == "missing":
        return Song.licence == ""
    words, licence = cast(str, rule.value).lower(), sa.func.lower(Song.licence)
    if rule.operator == "contains":
        return licence.contains(words, autoescape=True)
    return licence == words if rule.operator == "is" else licence != words


def rated(rule: Rule, _owner_id: int) -> Condition:
    """The average of everybody's stars, compared without dividing; who is not rated is only ever `missing`."""
    if rule.operator == "missing":
        return Song.ratings_count == 0
    tenths = round(cast(float, rule.value) * 10)
    stars, wanted = Song.ratings_sum * 10, Song.ratings_count * tenths
    return sa.and_(Song.ratings_count > 0, stars >= wanted if rule.operator == "at_least" else stars <= wanted)


def rated_by_owner(rule: Rule, owner_id: int) -> Condition:
    if rule.operator == "missing":
        return Song.id.not_in(owners.rated_by(owner_id))
    stars = cast(int, rule.value)
    least, most = {"at_least": (stars, 5), "at_most": (1, stars)}.get(rule.operator, (stars, stars))
    return Song.id.in_(owners.rated_by(owner_id, least, most))


def played_by_owner(rule: Rule, owner_id: int) -> Condition:
    """How often they heard it; never is no times."""
    since = owners.a_year_ago() if rule.field == "my_plays_year" else None
    plays = cast(int, rule.value)
    if rule.operator == "at_most":
        return Song.id.not_in(owners.heard_often(owner_id, plays + 1, since))
    return Song.id.in_(owners.heard_often(owner_id, plays, since)) if plays else sa.true()


def last_heard(rule: Rule, owner_id: int) -> Condition:
    if rule.operator == "never":
        return Song.id.not_in(owners.plays_of(owner_id))
    heard = owners.plays_of(owner_id, days_ago(rule))
    return Song.id.in_(heard) if rule.operator == "within" else Song.id.not_in(heard)


def added(rule: Rule, _owner_id: int) -> Condition:
    """When listeners could first hear it. A day begins on the clock of the site."""
    if rule.operator in ("within", "not_within"):
        since = Song.published_at >= days_ago(rule)
        return since if rule.operator == "within" else sa.not_(since)
    day = date.fromisoformat(cast(str, rule.value))
    begins = datetime(day.year, day.month, day.day, tzinfo=ZoneInfo(site_settings().time_zone))
    return Song.published_at >= begins if rule.operator == "since" else Song.published_at < begins


def days_ago(rule: Rule) -> datetime:
    return now() - timedelta(days=cast(int, rule.value))


def either(condition: Condition, rule: Rule) -> Condition:
    return condition if rule.value else sa.not_(condition)


CONDITIONS: Mapping[str, Chooses] = {
    "genre": lambda rule, _: named(Song.genre_id, Genre, Genre.name_key, rule),
    "artist": lambda rule, _: named(Song.artist_id, Artist, Artist.name_key, rule),
    "album": lambda rule, _: named(Song.album_id, Album, Album.title_key, rule),
    "title": lambda rule, _: worded(Song.title_key, rule),
    "year": lambda rule, _: compared(Song.year, rule),
    "my_rating": rated_by_owner,
    "rating": rated,
    "plays": lambda rule, _: compared(Song.plays, rule),
    "my_plays": played_by_owner,
    "my_plays_year": played_by_owner,
    "last_heard": last_heard,
    "added": added,
    "favourite": lambda rule, owner_id: either(Song.id.in_(owners.favourites_of(owner_id)), rule),
    "followed": lambda rule, owner_id: either(Song.artist_id.in_(owners.followed_by(owner_id)), rule),
    "explicit": lambda rule, _: either(sa.and_(Song.explicit), rule),
    "duration": lambda rule, _: compared(Song.duration_s, rule),
    "licence": licensed,
}
