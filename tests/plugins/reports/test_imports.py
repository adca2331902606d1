"""Sheets that artists bring in: nothing changes before they say so, and a bad row costs no other."""

import io
import re
from datetime import date, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from musicapp.clock import now
from musicapp.database import UNSYNCED, db, writing
from musicapp.jobs import LeaseLost
from musicapp.sheets.writing import FORMATS
from musicapp.storage import media_store
from plugins.catalog.models import Album, Song, fold
from plugins.reports.models import BroughtIn
from plugins.reports.services import imports
from tests.conftest import AppMaker, on_one_database
from tests.people import Somebody, add_person, csrf_token, sign_in
from tests.plugins.catalog.music import ready_song, retry_now, set_song, work
from tests.plugins.reports.sheets import SONGS, apply, as_csv, bring, column, lines_of, page_of, seen, sheet_of

ODD_TITLES = [
    "=SUM(A1:A9)",
    "'quoted",
    "'=both",
    "007",
    "1.50",
    "+49 30",
    "-",
    "@home",
    " leading space",
    "TRUE",
    "2026-01-02",
    "1,2;3\t4",
    'He said "no"',
    "🎹 夜の電車 Ночь ליל Ünïcödé",
]


@on_one_database
def test_what_is_exported_imports_unchanged_in_every_format(app: Flask, desk: FlaskClient, nils: Somebody) -> None:
    for title in ODD_TITLES:
        ready_song(app, nils.id, title, album="=Album" if title[0] == "'" else "", genre="Folk")
    with app.app_context(), writing() as unit:
        odd = {
            "description": "=1\n- a list\n\n;=two\t=three",
            "credits": [{"role": "=Vocals: high", "name": "'Ada"}, {"role": "-Bass", "name": "日本"}],
            "released_on": date(2026, 3, 14),
            "year": 2026,
            "explicit": True,
            "licence": "CC BY 4.0",
        }
        unit.execute(sa.update(Song).values(**odd).execution_options(**UNSYNCED))
    for format_name in FORMATS:
        _, page = seen(app, desk, sheet_of(app, nils, format_name), file_name="catalogue.bin")
        assert "Nothing would change." in page, format_name
        assert f'<dt>Unchanged</dt><dd class="big">{len(ODD_TITLES)}</dd>' in page, format_name


def test_a_sheet_is_shown_before_it_changes_anything_and_a_bad_row_costs_no_other(
    app: Flask, desk: FlaskClient, nils: Somebody, songs: list[int]
) -> None:
    lines = lines_of(sheet_of(app, nils))
    before = column(app, "title")
    lines[0] |= {"title": "Neap", "album": "Tides", "genre": "Sea", "explicit": "yes", "release date": "2026-03-14"}
    lines[1] |= {"year": "99", "track": "first", "title": ""}
    lines[2] |= {"credits": "Vocals: Ada Quist\nBass: Nils", "description": "By the river."}
    lines[3] |= {"id": lines[2]["id"]}
    lines[4] |= {"artist": "Somebody else"}
    address, page = seen(app, desk, as_csv(lines))
    assert column(app, "title") == before
    for said in (
        '<dt>Would change</dt><dd class="big">2</dd>',
        '<dt>Wrong</dt><dd class="big">3</dd>',
        "Tides (a new album)",
        "“first” is not a whole number, such as 12.",
        "This must be between 1000 and 2999.",
        "Give it a title.",
        "Row 4 is about this song already.",
        "A song stays with its artist, and this one is of “The Paper Ferry”.",
    ):
        assert said in page, said
    errors = desk.get(f"{address}?only=problems").text
    assert "Row 3" in errors and "Row 2<" not in errors
    assert "The sheet is applied." in apply(app, desk, address)
    assert column(app, "title") == ["Neap", *before[1:]]
    assert column(app, "year") == [None] * 5
    assert column(app, "released_on")[0] == date(2026, 3, 14)
    assert column(app, "credits")[2] == [{"role": "Vocals", "name": "Ada Quist"}, {"role": "Bass", "name": "Nils"}]
    with app.app_context():
        assert db.session.scalar(sa.select(Album.title_key).where(Album.id == column(app, "album_id")[0])) == fold(
            "Tides"
        )


def test_what_changed_on_the_site_meanwhile_is_a_problem_of_its_row_and_not_written_over(
    app: Flask, desk: FlaskClient, nils: Somebody, songs: list[int]
) -> None:
    lines = lines_of(sheet_of(app, nils))
    for number, line in enumerate(lines):
        line["title"] = f"New {number}"
    address, _ = seen(app, desk, as_csv(lines))
    set_song(app, songs[1], title="Slack", title_key="slack", version=7)
    with app.app_context(), writing() as unit:
        unit.execute(sa.update(Song).where(Song.id == songs[2]).values(deleted_at=now()))
    page = apply(app, desk, address)
    assert column(app, "title") == ["New 0", "Slack", "Crossing 001-002", "New 3", "New 4"]
    assert "was changed on the site since this sheet was looked at" in page
    assert "This says “Slack” now." in page
    assert '<dt>Changed</dt><dd class="big">3</dd>' in page and '<dt>Not saved</dt><dd class="big">2</dd>' in page
    again = desk.post(f"{address}/apply", data={"csrf_token": csrf_token(desk)}, follow_redirects=True)
    assert "cannot be applied now" in again.text


def test_nobody_sees_or_applies_the_sheet_of_another_and_only_artists_bring_songs(
    app: Flask, desk: FlaskClient, nils: Somebody, songs: list[int]
) -> None:
    lines = lines_of(sheet_of(app, nils))
    lines[0]["title"] = "Mine now"
    address, _ = seen(app, desk, as_csv(lines))
    stranger = app.test_client()
    sign_in(stranger, add_person(app, "Ada", "artist"))
    assert stranger.get(address).status_code == 404
    for act in ("apply", "undo", "forget"):
        assert stranger.post(f"{address}/{act}", data={"csrf_token": csrf_token(stranger)}).status_code == 404
    _, page = seen(app, stranger, as_csv(lines))
    assert page.count("There is no song with this number among yours.") == 5
    listener = app.test_client()
    sign_in(listener, add_person(app, "Mira"))
    fields = {"csrf_token": csrf_token(listener), "sheet": (io.BytesIO(b"id\n1"), "a.csv")}
    assert listener.post(f"/imports/{SONGS}", data=fields).status_code == 404
    assert "Nothing to import" in listener.get("/imports").text
    assert column(app, "title")[0] == "Crossing 001-000"


def test_a_sheet_that_cannot_be_read_says_why_and_one_of_a_week_ago_is_forgotten(
    app: Flask, desk: FlaskClient, nils: Somebody, songs: list[int]
) -> None:
    for sheet, sentence in (
        (b"PK\x03\x04 nothing", "This file is broken, or locked with a password."),
        (b"title\nNeap\n", "“id” is not among them"),
        (b"id,title\n", "There are no rows below the heads"),
    ):
        assert sentence in seen(app, desk, sheet)[1]
    _, page = seen(app, desk, "id;titel;mood\r\n1;Nié;x\r\n".encode("cp1252"))
    assert "were passed over: “titel”, “mood”" in page and "Windows-1252" in page and "Nothing would change." in page
    _, page = seen(app, desk, b"id\n" + b"999\n" * 60)
    assert page.count("among yours.") == 50 and "Row 51" in page and "Row 52" not in page
    more = re.search(r'href="([^"]+)" rel="next"', page)
    assert more is not None and desk.get(more[1].replace("&amp;", "&")).text.count("among yours.") == 10
    with app.app_context():
        kept = list(db.session.scalars(sa.select(BroughtIn.file_key)))
        assert kept == [""] * 5 and list(media_store().walk()) == []
        db.session.rollback()
    unread, *_ = [bring(desk, b"id\n1\n") for _ in range(3)]
    fields = {"csrf_token": csrf_token(desk), "sheet": (io.BytesIO(b"id\n1"), "a.csv")}
    assert desk.post(f"/imports/{SONGS}", data=fields).status_code == 409
    with app.app_context():
        assert imports.forget_old(now() + timedelta(days=6)) == 0
        assert imports.forget_old(now() + timedelta(days=8)) == 8
        assert list(media_store().walk()) == []
        media_store().save(io.BytesIO(b"id"), kind="imports", suffix="")
        assert [imports.remove_orphans(), imports.remove_orphans(older_than_s=-60)] == [0, 1]
    assert desk.get(unread).status_code == 404


def test_what_was_done_before_a_worker_was_lost_is_not_done_again(
    app: Flask, desk: FlaskClient, nils: Somebody, songs: list[int]
) -> None:
    lines = lines_of(sheet_of(app, nils))
    for number, line in enumerate(lines):
        line["title"] = f"New {number}"
    address, _ = seen(app, desk, as_csv(lines))
    brought_id = int(address.rpartition("/")[2])
    desk.post(f"{address}/apply", data={"csrf_token": csrf_token(desk)})

    def lost_after_two(through: int, _total: int) -> None:
        if through == 2:
            raise LeaseLost("another worker has it")

    with app.app_context(), pytest.raises(LeaseLost):
        imports.apply_rows(brought_id, lost_after_two)
    assert column(app, "title")[:3] == ["New 0", "New 1", "Crossing 001-002"]
    assert "2 of 5 rows are through" in desk.get(address).text
    set_song(app, songs[0], title="Changed since", version=9)
    work(app)
    assert column(app, "title") == ["Changed since", "New 1", "New 2", "New 3", "New 4"]
    assert '<dt>Changed</dt><dd class="big">5</dd>' in " ".join(desk.get(address).text.split())


CLUMSY = '''
"""A plugin that fails with some rows, and with one because the database did."""

from sqlalchemy.exc import OperationalError

from musicapp import Plugin
from musicapp.sheets import Column
from musicapp.sheets.plans import Change

plugin = Plugin("clumsy", __name__)
locked = ["second"]


def keep(person_id, subject_id, change):
    if change.title == "odd":
        raise ZeroDivisionError
    if change.title in locked:
        locked.remove(change.title)
        raise OperationalError("UPDATE", None, Exception("deadlock detected"))


@plugin.contributes(
    "reports.import", name="clumsy.rows", title="Rows", words="Rows.", columns=[Column("name", "A name.")], apply=keep
)
def look(person_id, subject_id, rows):
    if rows[0].values["name"] == "worse":
        raise KeyError("worse")
    return [Change(row.number, row.values["name"], "add") for row in rows]
'''


@on_one_database
def test_a_plugin_that_fails_costs_only_its_row_or_its_sheet_and_a_fault_of_the_database_no_row(
    make_app: AppMaker, tmp_path: Path
) -> None:
    (tmp_path / "instance" / "plugins").mkdir(parents=True)
    (tmp_path / "instance" / "plugins" / "clumsy.py").write_text(CLUMSY)
    app = make_app()
    client = app.test_client()
    sign_in(client, add_person(app, "Mira"))
    _, page = seen(app, client, b"name\nworse\n", name="clumsy.rows")
    assert "Something went wrong on our side with the rows of this sheet." in page
    address, _ = seen(app, client, b"name\neven\nodd\nsecond\nlast\n", name="clumsy.rows")
    assert "2 of 4 rows are through" in apply(app, client, address)
    retry_now(app)
    work(app)
    page = page_of(client, address)
    assert "Something went wrong on our side with this row" in page and "can be undone" not in page
    assert '<dt>Changed</dt><dd class="big">3</dd>' in page and '<dt>Not saved</dt><dd class="big">1</dd>' in page
    with app.app_context():
        with writing() as unit:
            unit.execute(sa.update(BroughtIn).values(applied_at=now() + timedelta(days=6)))
        assert imports.forget_old(now() + timedelta(days=8)) == 2
