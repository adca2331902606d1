"""Claims about lists by keyset: every row comes once, in its order, whatever the order and wherever a page ends."""

import random
from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from musicapp.clock import now
from musicapp.database import Model, db, writing
from musicapp.errors import Invalid
from musicapp.paging import Choice, Order, Page, Shuffled, page_of, shuffled
from musicapp.paging.permutation import Permutation
from musicapp.site.models import StoredSetting
from plugins.catalog.models import Artist, Genre, fold

BY_NAME = Order("name", Genre.name_key, Genre.id)
BY_CHANCE = Shuffled(Genre.id)
Pages = Callable[[str | None], Page[int]]


def keep(app: Flask, ids: list[int], model: type[Model] = Genre, **values: list[object]) -> None:
    """Insert rows with these ids, which need not be dense."""
    columns = {name: iter(given) for name, given in values.items()}
    rows = [
        {"id": one, "name": f"G {one:07}", "name_key": f"g {one:07}", **{k: next(v) for k, v in columns.items()}}
        for one in ids
    ]
    with app.app_context(), writing() as unit:
        unit.execute(sa.insert(model), rows)


def ids_of(pages: Pages) -> list[int]:
    """The ids of a whole list, page after page."""
    found, cursor = [], None
    for _ in range(500):
        page = pages(cursor)
        found += page.rows
        cursor = page.next
        if cursor is None:
            return found
    raise AssertionError("The list does not end.")


def first(row: sa.Row[int]) -> int:
    return row[0]


def only_id(query: sa.Select[Any]) -> sa.Select[int]:
    return query.with_only_columns(query.column_descriptions[0]["entity"].id, maintain_column_froms=True)


@pytest.mark.parametrize("bits", [4, 5, 11])
def test_a_permutation_has_every_number_once_and_finds_its_place(bits: int) -> None:
    orders = set()
    for seed in (0, 1, 7, 2**31 - 1):
        order = Permutation(seed, bits)
        numbers = [order.number_at(place) for place in range(order.size)]
        assert sorted(numbers) == list(range(order.size))
        assert [order.place_of(number) for number in numbers] == list(range(order.size))
        orders.add(tuple(numbers))
    assert len(orders) == 4


@pytest.mark.parametrize("name", [(), ("genres",)], ids=["built each time", "compiled once"])
def test_a_random_list_repeats_nothing_and_leaves_nothing_out(app: Flask, name: tuple[str, ...]) -> None:
    ids = sorted(random.Random(3).sample(range(1, 60_000), 230))
    keep(app, ids)
    choice = Choice(lambda: sa.select(Genre), name)
    with app.app_context():
        lists = [ids_of(lambda c: page_of(choice, BY_CHANCE, first, shows=only_id, limit=23, cursor=c)) for _ in "ab"]
        few = Choice(lambda: sa.select(Genre).where(Genre.id > 57_000), name and ("few genres",))
        some = ids_of(lambda c: page_of(few, BY_CHANCE, first, shows=only_id, limit=2, cursor=c))
        new = ids_of(lambda c: page_of(sa.select(Artist), Shuffled(Artist.id), first, shows=only_id, cursor=c))
    assert [sorted(one) for one in lists] == [ids, ids]
    assert lists[0] != lists[1]
    assert sorted(some) == [key for key in ids if key > 57_000] != []
    assert new == []


def test_a_random_page_asks_for_few_places_also_where_rows_are_many(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep(app, list(range(1, 2_001)))
    monkeypatch.setattr(shuffled, "FEW", 100)
    rare = Choice(lambda: sa.select(Genre).where(Genre.id % 7 == 0))
    with app.app_context():
        assert len(set(ids_of(lambda c: page_of(rare, BY_CHANCE, first, limit=10, cursor=c, shows=only_id)))) == 285


@pytest.mark.parametrize("descending", [False, True])
@pytest.mark.parametrize("named", [False, True])
def test_rows_without_a_value_come_last_and_all_of_them(app: Flask, descending: bool, named: bool) -> None:
    years = [None, 3, 1, None, 2, 2, None, 1, 3, 3]
    keep(app, list(range(1, 11)), Artist, founder_id=[None] * 10, plays=[0] * 10, created_at=[now()] * 10)
    column = sa.case(*[(Artist.id == key, year) for key, year in enumerate(years, 1) if year], else_=None)
    order = Order("year", column, Artist.id, descending=descending, nullable=True)
    choice = Choice(lambda: sa.select(Artist.id), (f"years {descending}",) if named else ())
    with app.app_context():
        found = ids_of(lambda cursor: page_of(choice, order, first, limit=2, cursor=cursor))
    sign = -1 if descending else 1
    keys = sorted(range(1, 11), key=lambda key: (years[key - 1] is None, sign * (years[key - 1] or 0), sign * key))
    assert found == keys


def test_a_long_foreign_name_still_fits_a_cursor(app: Flask) -> None:
    with app.app_context():
        with writing() as unit:
            for number in range(3):
                name = "夜" * 79 + str(number)
                unit.add(Genre(name=name, name_key=fold(name)))
        found = ids_of(lambda cursor: page_of(sa.select(Genre.id), BY_NAME, first, limit=1, cursor=cursor))
        assert Counter(found) == Counter(db.session.scalars(sa.select(Genre.id)))


@pytest.mark.parametrize("cursor", ["x", "WyJuYW1lIl0", "WyJuYW1lIiwxLDFd", "bm90IGpzb24", "W10", "WzEsMiwzXQ"])
def test_a_cursor_of_another_list_is_refused_with_a_sentence(app: Flask, cursor: str) -> None:
    newest = Order("newest", StoredSetting.changed_at, StoredSetting.name)
    for order in (BY_NAME, BY_CHANCE, newest):
        with app.app_context(), pytest.raises(Invalid, match="does not belong to this list"):
            page_of(sa.select(Genre.id), order, first, cursor=cursor)
