"""Sheets that are written: no cell runs, every cell comes back, and long ones take no more memory than short ones."""

import csv
import io
import random
import re
import tracemalloc
import zipfile
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta, timezone

import flask_excel
import pyexcel
import pytest
from flask import Flask

from musicapp.sheets import Column, Value
from musicapp.sheets.answering import sheet_answer
from musicapp.sheets.cells import cell_of, guarded, unguarded
from musicapp.sheets.writing import BYTE_ORDER_MARK, FORMATS, CellTooLong, written
from tests.conftest import on_one_database

COLUMNS = [Column("words", "What somebody wrote."), Column("plays", "How often.", "whole number")]
ATTACKS = [
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "\n=1",
    "  =1",
    '"=1',
    "'=1",
    "x;=1",
    "x\n-1",
    "\u00a0=1",
    "＝1",
]
HARMLESS = ["", "a-b", "Neap Tide", "'tis", "5 - 3", "a = b", "mail@example.org", "1;2"]


def sheet(format: str, rows: list[tuple[Value, ...]]) -> bytes:
    with written(FORMATS[format], COLUMNS, rows) as file:
        return file.read()


def cells(format: str, content: bytes) -> list[list[object]]:
    """What another program finds in a sheet."""
    if format == "csv":
        return [list(row) for row in csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""))]
    book: list[list[object]] = pyexcel.get_array(file_type=format, file_content=content)
    return book


@pytest.mark.parametrize("format", FORMATS)
def test_no_text_begins_as_a_formula_and_all_come_back_as_they_were(format: str) -> None:
    texts = ATTACKS + HARMLESS[1:]
    head, *rows = cells(format, sheet(format, [(text, -7) for text in texts]))
    assert head == ["words", "plays"]
    for text, (cell, plays) in zip(texts, rows, strict=True):
        assert not any(re.match(r"[=+\-@]", part) for part in re.split(r"[;\t\n]", str(cell))), text
        assert unguarded(str(cell)) == text.replace("\r", "\n")
        assert plays == ("-7" if format == "csv" else -7)
        assert (cell == text) is (text in HARMLESS)


def test_what_is_guarded_is_freed_without_doubt_however_often() -> None:
    chance = random.Random(7)
    for _ in range(20_000):
        text = "".join(chance.choice("=+-@'\" \t\n;ax1,") for _ in range(chance.randint(0, 8)))
        assert unguarded(guarded(text)) == text
        assert unguarded(unguarded(guarded(guarded(text)))) == text


def test_a_workbook_holds_no_formula_at_all() -> None:
    with zipfile.ZipFile(io.BytesIO(sheet("xlsx", [(text, 1) for text in ATTACKS]))) as book:
        assert b"<f>" not in book.read("xl/worksheets/sheet1.xml")
    with zipfile.ZipFile(io.BytesIO(sheet("ods", [(text, 1) for text in ATTACKS]))) as book:
        assert b"formula=" not in book.read("content.xml")


def test_values_stand_as_every_program_reads_them() -> None:
    moment = datetime(2026, 11, 22, 9, 5, 3, 999, tzinfo=timezone(timedelta(hours=2)))
    values = [None, True, False, 7, 2.5, date(2026, 2, 3), moment, datetime(2026, 1, 1, tzinfo=UTC), "a\x00b\r\nc"]
    assert [cell_of(value) for value in values] == [
        *("", "yes", "no", 7, 2.5, "2026-02-03", "2026-11-22T07:05:03Z", "2026-01-01T00:00:00Z", "ab\nc"),
    ]


def test_csv_is_what_rfc_4180_says_and_spreadsheets_know_as_utf_8() -> None:
    content = sheet("csv", [("Ö, “x”", 1), ('a "b"', None)])
    assert content == (BYTE_ORDER_MARK + 'words,plays\r\n"Ö, “x”",1\r\n"a ""b""",\r\n').encode()


def test_a_row_that_does_not_fit_its_columns_is_refused_and_so_is_a_text_that_would_be_cut() -> None:
    with pytest.raises(ValueError, match="1 values for 2 columns"):
        sheet("csv", [("alone",)])
    with pytest.raises(CellTooLong, match="32,767"):
        sheet("xlsx", [("x" * 40_000, 1)])


def test_a_long_csv_takes_no_more_memory_than_a_short_one() -> None:
    def rows(count: int) -> Iterator[tuple[Value, ...]]:
        return ((f"Crossing {number}", number) for number in range(count))

    peaks = []
    for count in (2_000, 60_000):
        tracemalloc.start()
        with written(FORMATS["csv"], COLUMNS, rows(count)) as file:
            while file.read(1 << 16):
                """Read on to its end."""
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert peaks[1] < peaks[0] + 300_000


@on_one_database
def test_a_small_sheet_is_answered_and_requests_stay_what_they_were_meanwhile(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    ours, start = app.request_class, flask_excel.init_excel

    def started(of: object) -> None:
        start(of)
        assert app.request_class is ours

    monkeypatch.setattr(flask_excel, "init_excel", started)
    with app.test_request_context():
        response = sheet_answer(FORMATS["xlsx"], COLUMNS, [("=1", 2)], "columns")
    assert cells("xlsx", response.data) == [["words", "plays"], ["'=1", 2]]
    assert "columns.xlsx" in response.headers["Content-Disposition"] and app.request_class is ours
