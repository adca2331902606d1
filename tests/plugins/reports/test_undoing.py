"""Sheets that are undone: all goes back that nobody changed since, the rest is told, and nothing is half."""

import threading
from datetime import date, timedelta

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from musicapp.clock import now
from musicapp.database import db, writing
from musicapp.jobs import LeaseLost
from musicapp.jobs.models import Job
from musicapp.jobs.services import cancel
from plugins.auth.services import person_with_id, roles
from plugins.catalog.models import Album, Song
from plugins.catalog.services.moderating.hiding import flag_album
from plugins.reports.models import BroughtIn, BroughtRow
from plugins.reports.services import imports
from tests.conftest import on_one_database
from tests.people import Somebody, csrf_token
from tests.plugins.catalog.music import ready_song, set_album, set_song, work
from tests.plugins.reports.sheets import apply, as_csv, bring, column, done, lines_of, page_of, seen, sheet_of, undo

EDITED = ("title", "title_key", "album_id", "genre_id", "year", "track_no", "explicit", "licence", "released_on")
EDITED += ("credits", "description", "cover_id", "tint", "hidden_at")


def all_that_is_said(app: Flask) -> list[list[object]]:
    return [column(app, name) for name in EDITED]


def titles_from(app: Flask, desk: FlaskClient, nils: Somebody, word: str) -> str:
    """Bring a sheet that gives each song a new title; its address."""
    lines = lines_of(sheet_of(app, nils))
    for number, line in enumerate(lines):
        line["title"] = f"{word} {number}"
    return seen(app, desk, as_csv(lines))[0]


def number_of(address: str) -> int:
    return int(address.rpartition("/")[2])


def cancelled(app: Flask, desk: FlaskClient, address: str, act: str) -> str:
    """Begin something with a sheet and cancel its job; what its page then says."""
    desk.post(f"{address}/{act}", data={"csrf_token": csrf_token(desk)})
    cancel_import(app)
    return page_of(desk, address)


def cancel_import(app: Flask) -> None:
    with app.app_context():
        cancel(db.session.scalars(sa.select(Job.id).where(Job.kind.like("%_import"), Job.state == "waiting")).one())


def test_everything_that_a_sheet_changed_goes_back_as_it_was(
    app: Flask, desk: FlaskClient, nils: Somebody, songs: list[int]
) -> None:
    ready_song(app, nils.id, "Ebb", album="Lee")
    before = all_that_is_said(app)
    lines = lines_of(sheet_of(app, nils))
    for line in lines:
        line |= {"title": f"New {line['id']}", "genre": "Sea", "explicit": "yes", "release date": "2026-03-14"}
        line |= {"year": "1999", "track": "", "licence": "CC BY 4.0", "credits": "Vocals: Ada", "description": "Wide."}
    for line in lines[1:]:
        line["album"] = "Tides"
    lines[0]["album"] = ""
    address, page = seen(app, desk, as_csv(lines))
    assert "undone" not in page
    page = apply(app, desk, address)
    assert "this can be undone. What is changed on the site meanwhile is left as it is." in page
    assert all(one != other for one, other in zip(before[:-1], all_that_is_said(app)[:-1], strict=True))
    page = undo(app, desk, address)
    assert all_that_is_said(app) == before
    assert "What the sheet did is taken back." in page and '<dt>Taken back</dt><dd class="big">6</dd>' in page
    with app.app_context():
        assert [album.title for album in db.session.scalars(sa.select(Album).where(Album.deleted_at.is_not(None)))] == [
            "Tides"
        ]
    assert "cannot be undone" in done(app, desk, address, "undo") and all_that_is_said(app) == before
    assert "Undone" in desk.get("/imports").text


def test_what_was_changed_since_is_left_as_it_is_and_told_by_row_and_column(
    app: Flask, desk: FlaskClient, nils: Somebody, songs: list[int]
) -> None:
    lines = lines_of(sheet_of(app, nils))
    for number, line in enumerate(lines):
        line |= {"title": f"New {number}", "year": "1999"}
    lines[3]["album"] = "Tides"
    lines[4]["album"] = "Lee"
    address, _ = seen(app, desk, as_csv(lines))
    apply(app, desk, address)
    album_of = column(app, "album_id")
    set_song(app, songs[0], title="Slack", title_key="slack")
    set_song(app, songs[1], lyrics="Written since.", version=9)
    set_song(app, songs[2], deleted_at=now())
    with app.app_context():
        flag_album(album_of[3], flagged=True)
    page = undo(app, desk, address)
    assert column(app, "title") == ["Slack", "Crossing 001-001", "New 2", "New 3", "Crossing 001-004"]
    assert column(app, "year") == [1999, None, 1999, 1999, None]
    assert column(app, "album_id")[3:] == [album_of[3], album_of[0]]
    assert "Written since." in column(app, "lyrics")
    assert '<dt>Taken back</dt><dd class="big">2</dd>' in page
    assert '<dt>Left as they are</dt><dd class="big">3</dd>' in page
    assert "“Slack” was changed since the sheet was applied, so this row is left as it is." in page
    assert "<strong>title:</strong> This says “Slack” now." in page
    assert "Moderators keep “Tides” from listeners" in page
    only = desk.get(f"{address}?only=problems").text
    assert "Row 2<" in only and "Row 3<" not in only


@on_one_database
def test_an_album_that_is_gone_or_has_become_more_than_the_sheet_made_it_is_let_be(
    app: Flask, desk: FlaskClient, nils: Somebody, songs: list[int]
) -> None:
    for title in ("Ebb", "Flood", "Slack"):
        ready_song(app, nils.id, title)
    [first, *_], [genre, *_] = column(app, "album_id"), column(app, "genre_id")
    lines = lines_of(sheet_of(app, nils))
    for number, line in enumerate(lines):
        line["album"] = f"Tides {number}"
    address, _ = seen(app, desk, as_csv(lines))
    apply(app, desk, address)
    made = column(app, "album_id")
    said_since = (
        {"description": "Of the side away from the wind."},
        {"year": 2026},
        {"genre_id": genre},
        {"released_on": date(2026, 3, 14)},
        {"credits": [{"role": "Vocals", "name": "Ada Quist"}]},
        {"kind": "ep"},
        {"tint": "5", "tint_is_chosen": True},
    )
    for album_id, said in zip(made[1:], said_since, strict=True):
        set_album(app, album_id, **said)
    undo(app, desk, address)
    with app.app_context():
        gone = db.session.scalars(sa.select(Album.id).where(Album.deleted_at.is_not(None)))
        assert list(gone) == [made[0]]
    lines = [line for line in lines if int(line["id"]) in songs[:2]]
    again, _ = seen(app, desk, as_csv(lines))
    apply(app, desk, again)
    moved_to = column(app, "album_id")[:2]
    set_album(app, first, deleted_at=now())
    page = undo(app, desk, again)
    assert column(app, "album_id")[:2] == moved_to
    assert page.count("was deleted, so the song stays where it is.") == 4


@on_one_database
def test_rows_that_were_taken_back_before_a_worker_was_lost_are_not_touched_again_nor_put_away(
    app: Flask, desk: FlaskClient, nils: Somebody, songs: list[int]
) -> None:
    address = titles_from(app, desk, nils, "New")
    apply(app, desk, address)
    desk.post(f"{address}/undo", data={"csrf_token": csrf_token(desk)})

    def lost_after_two(through: int, _total: int) -> None:
        if through == 2:
            raise LeaseLost("another worker has it")

    with app.app_context(), pytest.raises(LeaseLost):
        imports.undo_rows(number_of(address), lost_after_two)
    assert column(app, "title")[2:] == ["New 2", "Crossing 001-003", "Crossing 001-004"]
    assert "2 of 5 rows are taken back" in desk.get(address).text
    desk.post(f"{address}/forget", data={"csrf_token": csrf_token(desk)})
    assert "This sheet is being worked on. Put it away when that is done." in page_of(desk, address)
    set_song(app, songs[4], title="New 4", title_key="new 4", version=9)
    work(app)
    assert column(app, "title") == [*(f"Crossing 001-00{number}" for number in range(4)), "New 4"]
    assert '<dt>Taken back</dt><dd class="big">5</dd>' in page_of(desk, address)


@on_one_database
def test_an_undo_that_was_given_up_goes_on_when_it_is_asked_for_again(
    app: Flask, desk: FlaskClient, nils: Somebody, songs: list[int]
) -> None:
    address = titles_from(app, desk, nils, "New")
    apply(app, desk, address)
    desk.post(f"{address}/undo", data={"csrf_token": csrf_token(desk)})
    with app.app_context():
        roles.take_role(nils.id, "artist")
    work(app)
    with app.app_context():
        roles.give_role(nils.id, "artist")
    assert "undo the sheet again for the rest" in page_of(desk, address)
    assert column(app, "title")[0] == "New 0"
    assert "What the sheet did is taken back." in undo(app, desk, address)
    assert column(app, "title")[0] == "Crossing 001-000"


@on_one_database
def test_a_sheet_whose_job_an_admin_cancelled_says_so_and_goes_on_when_it_is_asked_for_again(
    app: Flask, desk: FlaskClient, nils: Somebody, songs: list[int]
) -> None:
    address = titles_from(app, desk, nils, "New")
    page = cancelled(app, desk, address, "apply")
    assert "An admin stopped this before all rows were through." in page and "Apply 5 rows" in page
    apply(app, desk, address)
    assert "An admin stopped this before all rows were taken back." in cancelled(app, desk, address, "undo")
    assert column(app, "title")[0] == "New 0"
    assert "What the sheet did is taken back." in undo(app, desk, address)
    unread = bring(desk, sheet_of(app, nils))
    cancel_import(app)
    assert "An admin stopped this while the sheet was read." in page_of(desk, unread)


@on_one_database
def test_a_sheet_that_is_applied_in_part_can_be_undone_or_applied_to_its_end_whatever_stops_either(
    app: Flask, desk: FlaskClient, nils: Somebody, songs: list[int]
) -> None:
    address = titles_from(app, desk, nils, "New")

    def apply_until(last: int) -> str:
        """Apply some rows, and let an admin cancel the job after them; what the page then says."""

        def lost_after_last(through: int, _total: int) -> None:
            if through == last:
                raise LeaseLost("it was cancelled")

        with app.app_context():
            imports.start_applying(person_with_id(nils.id), number_of(address))
            with pytest.raises(LeaseLost):
                imports.apply_rows(number_of(address), lost_after_last)
        cancel_import(app)
        return page_of(desk, address)

    assert "Apply 3 rows" in apply_until(2)
    page = cancelled(app, desk, address, "undo")
    assert "Apply 3 rows" in page and "Undo</button>" in page
    page = apply_until(5)
    assert "Nothing is left to change." in page and "Undo</button>" in page
    assert '<dt>Taken back</dt><dd class="big">5</dd>' in undo(app, desk, address)


def test_of_an_undo_and_another_sheet_about_the_same_songs_one_wins_each_row_and_the_other_says_so(
    app: Flask, desk: FlaskClient, nils: Somebody, songs: list[int]
) -> None:
    first = titles_from(app, desk, nils, "New")
    apply(app, desk, first)
    second = titles_from(app, desk, nils, "Newer")
    together = threading.Barrier(2)

    def go(start: str, run: str, address: str) -> None:
        with app.app_context():
            getattr(imports, start)(person_with_id(nils.id), number_of(address))
            together.wait()
            getattr(imports, run)(number_of(address), lambda _through, _total: None)

    runs = [
        threading.Thread(target=go, args=("start_undoing", "undo_rows", first)),
        threading.Thread(target=go, args=("start_applying", "apply_rows", second)),
    ]
    for run in runs:
        run.start()
    for run in runs:
        run.join()
    with app.app_context():
        ends = sa.select(BroughtRow.state).order_by(BroughtRow.number)
        taken_back = list(db.session.scalars(ends.where(BroughtRow.brought_id == number_of(first))))
        applied = list(db.session.scalars(ends.where(BroughtRow.brought_id == number_of(second))))
    assert {*zip(taken_back, applied, strict=True)} <= {("undone", "failed"), ("kept", "done")}
    assert column(app, "title") == [
        f"Newer {number}" if state == "done" else f"Crossing 001-00{number}" for number, state in enumerate(applied)
    ]


@on_one_database
def test_a_sheet_stays_as_long_as_it_can_be_undone_and_no_longer(
    app: Flask, desk: FlaskClient, nils: Somebody, songs: list[int]
) -> None:
    address = titles_from(app, desk, nils, "New")
    with app.app_context(), writing() as unit:
        unit.execute(sa.update(BroughtIn).values(created_at=now() - timedelta(days=6)))
    apply(app, desk, address)
    with app.app_context():
        assert imports.forget_old(now() + timedelta(days=6)) == 0
        with writing() as unit:
            unit.execute(sa.update(BroughtIn).values(applied_at=now() - timedelta(days=7)))
    assert "can be undone" not in page_of(desk, address)
    assert "cannot be undone" in done(app, desk, address, "undo")
    assert column(app, "title")[0] == "New 0"
    with app.app_context():
        assert db.session.scalar(sa.select(sa.func.count()).select_from(Song)) == 5
    undone = titles_from(app, desk, nils, "Newer")
    apply(app, desk, undone)
    undo(app, desk, undone)
    with app.app_context():
        with writing() as unit:
            later = sa.update(BroughtIn).where(BroughtIn.id == number_of(undone))
            unit.execute(later.values(applied_at=now() + timedelta(days=6)))
        assert [imports.forget_old(now() + timedelta(days=days)) for days in (2, 6, 8)] == [1, 0, 1]
