"""Claims about songs chosen by rules: each field and order, what is refused, and what readers learn of the owner."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask

from musicapp.clock import now
from musicapp.database import session, writing
from musicapp.errors import Invalid
from plugins.auth.services.people import person_with_id
from plugins.catalog.models import Album, Artist, FavouriteSong, Follow, Genre, Play, Rating, Song, fold
from plugins.catalog.services import (
    FIELDS,
    SORTS,
    count_by_rules,
    read_rules,
    rules_in_words,
    songs_by_rules,
)
from tests.people import Somebody, add_person
from tests.plugins.catalog.music import Counted, fill_catalogue, new_song

# title, artist, genre, album, year, seconds, plays, explicit, days since it was added, stars of all, licence
SONGS: list[tuple[Any, ...]] = [
    ("Brine", 1, 1, 1, 1998, 200, 5, False, 40, [4, 5], "CC BY 4.0"),
    ("Anchor", 1, 1, 1, 1999, 100, 9, True, 30, [2], ""),
    ("Übermut 100%", 2, 2, None, 2004, 300, 1, False, 20, [], "Mine_all"),
    ("Zenith", 2, None, None, None, 400, 7, False, 1, [3, 4], ""),
]
Choose = Callable[..., list[str]]


@pytest.fixture
def owner(app: Flask) -> Somebody:
    """Mira, who heard Brine twice today and Anchor once long ago, and loves Zenith, whose artist she follows."""
    mira = add_person(app, "Mira")
    with app.app_context(), writing() as unit:
        for name in ("Nils Hollar", "Ada Quist"):
            unit.add(Artist(name=name, name_key=fold(name)))
        unit.add_all([Genre(name="Folk", name_key="folk"), Genre(name="Dub", name_key="dub")])
        unit.flush()
        unit.add(Album(title="Tides", title_key="tides", artist_id=1, published_at=now() - timedelta(days=40)))
        unit.flush()
        for title, artist, genre, album, year, seconds, plays, explicit, days, stars, licence in SONGS:
            song = new_song(Album(id=0, artist_id=artist, published_at=now() - timedelta(days=days)), 0)
            song.title, song.title_key, song.audio_sha256 = title, fold(title), title
            song.album_id, song.genre_id, song.year, song.duration_s = album, genre, year, float(seconds)
            song.plays, song.explicit, song.licence = plays, explicit, licence
            song.ratings_count, song.ratings_sum = len(stars), sum(stars)
            unit.add(song)
            unit.flush()
        for song_id, days in ((1, 0), (1, 1), (2, 400)):
            unit.add(heard(mira.id, song_id, days))
        unit.add_all([Rating(user_id=mira.id, song_id=1, stars=5), Rating(user_id=mira.id, song_id=2, stars=2)])
        unit.add_all([FavouriteSong(user_id=mira.id, song_id=4), Follow(user_id=mira.id, artist_id=2)])
    return mira


def heard(listener_id: int, song_id: int, days: int) -> Play:
    of = {"listener_id": listener_id, "listener_key": f"p{listener_id}", "source": "album", "counted": True}
    return Play(song_id=song_id, started_at=now() - timedelta(days=days, minutes=5), heard_ms=60_000, **of)


@pytest.fixture
def choose(app: Flask, owner: Somebody) -> Choose:
    """Asks for the titles that rules choose for Mira, page after page of two; a visitor reads."""

    def titles(*rules: Any, **parts: Any) -> list[str]:
        with app.app_context():
            read = read_rules({"sort": "title", **parts, "rules": list(rules)})
            found, cursor = [], None
            while True:
                page = songs_by_rules(None, read, owner_id=owner.id, seed=7, limit=2, cursor=cursor)
                found += page.rows
                cursor = page.next
                if cursor is None:
                    break
            seconds = sum(song.duration_s or 0 for song in found)
            assert count_by_rules(None, read, owner_id=owner.id, seed=7) == (len(found), seconds)
            return [song.title[0] for song in found]

    return titles


def rule(field: str, operator: str, value: Any = None) -> dict[str, Any]:
    return {"field": field, "operator": operator, **({} if value is None else {"value": value})}


CHOSEN: list[tuple[tuple[Any, ...], str]] = [
    (("genre", "is", 1), "AB"),
    (("genre", "is", "FÓLK"), "AB"),
    (("genre", "is_not", "Folk"), "ÜZ"),
    (("genre", "is_not", 1), "ÜZ"),
    (("genre", "missing"), "Z"),
    (("artist", "is", "ada quist"), "ÜZ"),
    (("artist", "is", 1), "AB"),
    (("artist", "is_not", 1), "ÜZ"),
    (("artist", "contains", "hol"), "AB"),
    (("artist", "contains_not", "hol"), "ÜZ"),
    (("album", "is", "TIDES"), "AB"),
    (("album", "is_not", "Tides"), "ÜZ"),
    (("album", "contains", "ide"), "AB"),
    (("album", "contains_not", "ide"), "ÜZ"),
    (("album", "missing"), "ÜZ"),
    (("title", "contains", "UBER"), "Ü"),
    (("title", "contains_not", "n"), "Ü"),
    (("title", "contains", "%"), ""),
    (("title", "begins", "bri"), "B"),
    (("title", "is", "zénith"), "Z"),
    (("title", "is_not", "zenith"), "ABÜ"),
    (("year", "is", 1998), "B"),
    (("year", "is_not", 1998), "AÜZ"),
    (("year", "at_least", 1999), "AÜ"),
    (("year", "at_most", 1999), "AB"),
    (("year", "between", [1999, 2004]), "AÜ"),
    (("year", "missing"), "Z"),
    (("my_rating", "at_least", 3), "B"),
    (("my_rating", "at_most", 3), "A"),
    (("my_rating", "is", 2), "A"),
    (("my_rating", "missing"), "ÜZ"),
    (("rating", "at_least", 3.5), "BZ"),
    (("rating", "at_most", 3.5), "AZ"),
    (("rating", "missing"), "Ü"),
    (("plays", "at_least", 7), "AZ"),
    (("plays", "at_most", 5), "BÜ"),
    (("plays", "between", [5, 7]), "BZ"),
    (("my_plays", "at_least", 0), "ABÜZ"),
    (("my_plays", "at_least", 2), "B"),
    (("my_plays", "at_most", 1), "AÜZ"),
    (("my_plays_year", "at_least", 1), "B"),
    (("my_plays_year", "at_most", 0), "AÜZ"),
    (("last_heard", "within", 7), "B"),
    (("last_heard", "not_within", 7), "AÜZ"),
    (("last_heard", "never"), "ÜZ"),
    (("added", "within", 25), "ÜZ"),
    (("added", "not_within", 25), "AB"),
    (("added", "since", "1999-12-31"), "ABÜZ"),
    (("added", "before", "1999-12-31"), ""),
    (("favourite", "is", True), "Z"),
    (("favourite", "is", False), "ABÜ"),
    (("followed", "is", True), "ÜZ"),
    (("followed", "is", False), "AB"),
    (("explicit", "is", True), "A"),
    (("explicit", "is", False), "BÜZ"),
    (("duration", "at_least", 300), "ÜZ"),
    (("duration", "at_most", 200), "AB"),
    (("duration", "between", [150, 300]), "BÜ"),
    (("licence", "is", "cc by 4.0"), "B"),
    (("licence", "is_not", "cc by 4.0"), "AÜZ"),
    (("licence", "contains", "e_a"), "Ü"),
    (("licence", "missing"), "AZ"),
]
SORTED = {
    "newest": ("ZÜAB", "BAÜZ"),
    "title": ("ABÜZ", "ZÜBA"),
    "artist": ("ÜZBA", "ABZÜ"),
    "year": ("ÜABZ", "BAÜZ"),
    "most_played": ("AZBÜ", "ÜBZA"),
    "my_most_played": ("BAZÜ", "ÜZAB"),
    "my_most_played_year": ("BZÜA", "AÜZB"),
    "last_heard": ("BAZÜ", "ÜZAB"),
    "rating": ("BZAÜ", "AZBÜ"),
    "my_rating": ("BAZÜ", "ABÜZ"),
    "duration": ("ZÜBA", "ABÜZ"),
}


def test_every_field_chooses_by_every_operator_and_what_is_kept_is_read_again(app: Flask, choose: Choose) -> None:
    asked = {words[:2] for words, _ in CHOSEN}
    assert asked == {(field.name, operator) for field in FIELDS.values() for operator in field.operators}
    chosen = [(words, "".join(choose(rule(*words)))) for words, _ in CHOSEN]
    assert chosen == CHOSEN
    for words, _ in CHOSEN:
        raw = {"match": "any", "rules": [rule(*words)], "sort": "random", "reverse": False, "limit": {"minutes": 9}}
        assert read_rules(raw).as_dict() == raw
        with app.app_context():
            assert "{" not in rules_in_words(read_rules(raw))


def test_rules_hold_together_or_one_by_one_in_groups_too(choose: Choose) -> None:
    folk, old, loved = rule("genre", "is", "Folk"), rule("year", "at_most", 1998), rule("favourite", "is", True)
    assert choose(folk, old) == ["B"]
    assert choose(folk, loved, match="any") == ["A", "B", "Z"]
    assert choose(rule("explicit", "is", False), {"match": "any", "rules": [folk, loved]}) == ["B", "Z"]
    assert choose(loved, {"match": "all", "rules": [folk, old]}, match="any") == ["B", "Z"]


def test_rules_are_told_in_words(app: Flask, owner: Somebody) -> None:
    either = {"match": "any", "rules": [rule("duration", "at_most", 200), rule("last_heard", "within", 1)]}
    loved = {"match": "any", "rules": [rule("favourite", "is", False)]}
    rules = [rule("genre", "is", 1), rule("artist", "is_not", 99), rule("rating", "at_least", 3.5), either, loved]
    with app.app_context():
        words = rules_in_words(
            read_rules({"rules": rules, "sort": "last_heard", "reverse": True, "limit": {"songs": 9}})
        )
        assert rules_in_words(read_rules({})) == "All songs; newest first."
    assert words == (
        "Genre is “Folk” and artist is not “one that is gone” and average rating at least 3.5 stars and "
        "(length at most 3:20 or last heard in the last day) and no favourite; not heard for longest first; "
        "at most 9 songs."
    )


def test_lists_stand_in_every_order_both_ways_and_at_random_in_another_every_day(
    choose: Choose, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert {*SORTED, "random"} == set(SORTS)
    ways = {sort: ("".join(choose(sort=sort)), "".join(choose(sort=sort, reverse=True))) for sort in SORTED}
    assert ways == SORTED
    today = choose(sort="random")
    assert sorted(today) == ["A", "B", "Z", "Ü"] and choose(sort="random") == today
    orders = []
    for days in range(1, 8):
        later = now() + timedelta(days=days)
        monkeypatch.setattr("plugins.catalog.services.choosing.orders.now", lambda later=later: later)
        orders.append(choose(sort="random"))
    assert any(order != today for order in orders)


def test_a_limited_list_ends_by_songs_or_minutes_and_goes_on_behind_a_song_that_went(
    app: Flask, owner: Somebody, choose: Choose
) -> None:
    assert choose(limit={"songs": 3}) == ["A", "B", "Ü"]
    assert choose(limit={"songs": 3}, sort="year") == ["Ü", "A", "B"]
    assert choose(limit={"minutes": 5}) == ["A", "B"]
    assert choose(limit={"minutes": 1}) == []
    read = read_rules({"sort": "title", "limit": {"songs": 4}})
    with app.app_context():
        first = songs_by_rules(None, read, owner_id=owner.id, limit=2)
    with app.app_context(), writing() as unit:
        unit.get_one(Song, first.rows[-1].id).hidden_at = now()
    with app.app_context():
        rest = songs_by_rules(None, read, owner_id=owner.id, limit=2, cursor=first.next)
        assert [song.title for song in rest.rows] == ["Zenith"] and rest.next is None
        with pytest.raises(Invalid):
            songs_by_rules(None, read, owner_id=owner.id, cursor="bm9uc2Vuc2U")


def test_the_list_is_the_owners_whoever_reads_and_holds_only_what_they_may_hear(app: Flask, owner: Somebody) -> None:
    other = add_person(app, "Jonas")
    with app.app_context(), writing() as unit:
        unit.add_all([heard(other.id, 3, 0), Rating(user_id=other.id, song_id=3, stars=5)])
        unit.get_one(Song, 2).hidden_at = now()
    read = read_rules({"match": "any", "rules": [rule("my_rating", "at_least", 1), rule("my_plays", "at_least", 1)]})
    with app.app_context():
        readers = [None, person_with_id(owner.id), person_with_id(other.id)]
        assert [[song.id for song in songs_by_rules(one, read, owner_id=owner.id).rows] for one in readers] == [[1]] * 3
        assert [song.id for song in songs_by_rules(readers[1], read, owner_id=other.id).rows] == [3]


ODD = [
    (None, "rules"),
    ([], "rules"),
    ("genre = 1; DROP TABLE catalog_song", "rules"),
    ({"where": "1=1"}, "where"),
    ({"match": "none"}, "match"),
    ({"match": ["all"]}, "match"),
    ({"rules": {"0": {}}}, "rules"),
    ({"rules": [rule("genre", "missing")] * 31}, "rules"),
    ({"rules": [{"rules": [rule("genre", "missing")] * 16}] * 2}, "rules"),
    ({"rules": ["genre"]}, "rules.0"),
    ({"rules": [{"rules": []}]}, "rules.0.rules"),
    ({"rules": [{"match": "all", "rules": [{"match": "any", "rules": []}]}]}, "rules.0.rules.0"),
    ({"rules": [{**rule("genre", "missing"), "sql": "1"}]}, "rules.0.sql"),
    ({"rules": [rule("password", "is", "x")]}, "rules.0.field"),
    ({"rules": [rule({}, "is", "x")]}, "rules.0.field"),  # type: ignore[arg-type]
    ({"rules": [rule("genre", "missing"), rule("year", "LIKE", 1)]}, "rules.1.operator"),
    ({"rules": [rule("year", ["is"], 1)]}, "rules.0.operator"),  # type: ignore[arg-type]
    ({"rules": [rule("year", "is", "1998 OR 1=1")]}, "rules.0.value"),
    ({"rules": [rule("year", "is", True)]}, "rules.0.value"),
    ({"rules": [rule("year", "is", 10**30)]}, "rules.0.value"),
    ({"rules": [rule("year", "between", [2000, 1990])]}, "rules.0.value"),
    ({"rules": [rule("year", "between", [1990])]}, "rules.0.value"),
    ({"rules": [rule("year", "missing", 0)]}, "rules.0.value"),
    ({"rules": [rule("genre", "is", 2**31)]}, "rules.0.value"),
    ({"rules": [rule("genre", "is", {"id": 1})]}, "rules.0.value"),
    ({"rules": [rule("artist", "is", " \u200e\x00 ")]}, "rules.0.value"),
    ({"rules": [rule("rating", "at_least", float("nan"))]}, "rules.0.value"),
    ({"rules": [rule("rating", "at_least", 1e308)]}, "rules.0.value"),
    ({"rules": [rule("plays", "at_least", -1)]}, "rules.0.value"),
    ({"rules": [rule("last_heard", "within", 10**9)]}, "rules.0.value"),
    ({"rules": [rule("added", "since", "2026-02-30")]}, "rules.0.value"),
    ({"rules": [rule("added", "since", "٢٠٢٦-٠١-٠١")]}, "rules.0.value"),
    ({"rules": [rule("added", "before", "0001-01-01")]}, "rules.0.value"),
    ({"rules": [rule("favourite", "is", 1)]}, "rules.0.value"),
    ({"rules": [rule("duration", "at_least", 3.5)]}, "rules.0.value"),
    ({"sort": "id; --"}, "sort"),
    ({"sort": ["newest"]}, "sort"),
    ({"reverse": "yes"}, "reverse"),
    ({"limit": 50}, "limit"),
    ({"limit": {"songs": 0}}, "limit"),
    ({"limit": {"songs": 5, "minutes": 5}}, "limit"),
    ({"limit": {"minutes": 10**9}}, "limit"),
]


@pytest.mark.parametrize(("raw", "place"), ODD, ids=[f"{number}-{place}" for number, (_, place) in enumerate(ODD)])
def test_what_is_no_rule_is_refused_with_a_sentence_at_its_place(raw: Any, place: str) -> None:
    with pytest.raises(Invalid) as refused:
        read_rules(raw)
    assert list(refused.value.errors) == [place]
    assert all(sentence.endswith(".") for sentence in refused.value.errors[place])


def test_words_of_any_kind_are_only_looked_for(choose: Choose) -> None:
    for words in (
        "'; DROP TABLE catalog_song; --",
        '" OR 1=1',
        "\\",
        "\ud800x",
        "木漏れ日 🎵",
        "x" * 10_000,
        ":now %(now)s",
    ):
        for field in ("title", "artist", "licence"):
            assert choose(rule(field, "contains", words)) == []
        assert choose(rule("genre", "is", words)) == []
    assert choose(rule("plays", "at_most", 10**9), rule("genre", "is_not", 2**31 - 1)) == ["A", "B", "Ü", "Z"]


def test_a_page_costs_few_statements_whatever_it_is_chosen_from(app: Flask, owner: Somebody) -> None:
    every = [rule(*words) for words, _ in CHOSEN[::3]]
    lists = [
        {"rules": [{"match": "any", "rules": every}], "sort": sort, "limit": limit}
        for sort in SORTS
        for limit in (None, {"songs": 500}, {"minutes": 900})
    ]

    def asked() -> list[int]:
        counts = []
        with app.app_context():
            for raw in lists:
                read = read_rules(raw)
                session().rollback()
                with Counted(app) as counted:
                    songs_by_rules(None, read, owner_id=owner.id)
                counts.append(len([one for one in counted.statements if " site_" not in one]))
        return counts

    few = asked()
    fill_catalogue(app, owner.id, albums=5, songs_each=30)
    many = asked()
    assert max(many) <= 3 and max(few) <= 3
