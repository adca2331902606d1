"""Reading sheets: whatever a spreadsheet program writes is understood, and a hostile file costs only itself."""

import io
import resource
import time
import zipfile
from datetime import UTC, date, datetime
from pathlib import Path

import openpyxl
import pytest
from pyexcel_ods3 import save_data

from musicapp.errors import Invalid
from musicapp.sheets import Column
from musicapp.sheets.fitting import Unfit, fit
from musicapp.sheets.heads import find_heads
from musicapp.sheets.plans import rows_of
from musicapp.sheets.reading import read_sheet

COLUMNS = [Column("id", "", "whole number"), Column("title", ""), Column("release date", "", "day")]
ODS_TYPE = "application/vnd.oasis.opendocument.spreadsheet"
NAMESPACES = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" office:version="1.2"'
)


def sheet(folder: Path, content: bytes) -> Path:
    """A file that says nothing by its name."""
    path = folder / "sheet"
    path.write_bytes(content)
    return path


def cells(path: Path) -> list[tuple[int, list[object]]]:
    return [(line.number, line.cells) for line in read_sheet(path).lines]


def ods(rows: str, declares: str = "") -> bytes:
    """A workbook of ODS with these rows as XML."""
    body = f"<office:body><office:spreadsheet><table:table>{rows}</table:table></office:spreadsheet></office:body>"
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", ODS_TYPE)
        head = f'<?xml version="1.0"?>{declares}'
        archive.writestr("content.xml", f"{head}<office:document-content {NAMESPACES}>{body}</office:document-content>")
    return made.getvalue()


@pytest.mark.parametrize(
    "raw",
    [
        "id,title\r\n1,Über\r\n".encode(),
        "\ufeffid;title\r\n1;Über\r\n".encode(),
        "\ufeffid\ttitle\r\n1\tÜber\r\n".encode("utf-16-le"),
        "\ufeffid,title\n1,Über\n".encode("utf-16-be"),
        "id\ttitle\r1\tÜber".encode("utf-16-le"),
        'sep=;\r\nid;title\r\n1;"Über"\r\n'.encode(),
    ],
)
def test_text_is_understood_in_every_encoding_and_with_every_separator(tmp_path: Path, raw: bytes) -> None:
    read = read_sheet(sheet(tmp_path, raw))
    assert [line.cells for line in read.lines] == [["id", "title"], ["1", "Über"]]
    assert read.notes == []


def test_text_that_is_not_in_unicode_is_read_with_a_note(tmp_path: Path) -> None:
    read = read_sheet(sheet(tmp_path, "id;title\r\n1;Über\r\n".encode("cp1252")))
    assert read.lines[1].cells == ["1", "Über"]
    assert "Windows-1252" in read.notes[0]


def test_rows_keep_the_numbers_and_cells_the_kinds_that_the_spreadsheet_shows(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    page = book.active
    rows = [["id", "title"], [1, " two  spaces"], [], [2, "'=SUM\nline", date(2026, 3, 14), True, 1.5, "007", None]]
    for row in rows:
        page.append(row)
    page.row_dimensions[2].hidden = True
    book.save(tmp_path / "book")
    assert cells(tmp_path / "book") == [
        (1, ["id", "title"]),
        (2, [1, " two  spaces"]),
        (4, [2, "'=SUM\nline", datetime(2026, 3, 14, tzinfo=UTC), True, 1.5, "007"]),
    ]
    rows[3][6:] = []
    save_data(str(tmp_path / "book.ods"), {"page": rows})
    assert cells(tmp_path / "book.ods")[1:] == [
        (2, [1, " two  spaces"]),
        (4, [2, "'=SUM\nline", date(2026, 3, 14), True, 1.5, "007"]),
    ]


def test_the_empty_rest_of_a_sheet_costs_nothing(tmp_path: Path) -> None:
    said = '<table:table-cell office:value-type="string"><text:p>id</text:p></table:table-cell>'
    gap = '<table:table-row table:number-rows-repeated="40"><table:table-cell/></table:table-row>'
    rest = '<table:table-cell table:number-columns-repeated="16383"/>'
    below = f'<table:table-row table:number-rows-repeated="1048000">{rest}</table:table-row>'
    row = f"<table:table-row>{said}{rest}</table:table-row>"
    assert cells(sheet(tmp_path, ods(row + gap + row + below))) == [(1, ["id"]), (42, ["id"])]


def bomb(folder: Path, kind: str) -> bytes:
    """A small file that would be a large one."""
    many = 'office:value-type="string" table:number-columns-repeated="90"'
    said = f"<table:table-cell {many}><text:p>x</text:p></table:table-cell>"
    if kind == "repeated":
        return ods(f'<table:table-row table:number-rows-repeated="19999">{said}</table:table-row>' * 40)
    if kind == "entities":
        ten = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10 if n else "x" * 99}">' for n in range(9))
        return ods("<table:table-row/>", f"<!DOCTYPE x [{ten}]>")
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", ODS_TYPE)
        archive.writestr("content.xml", b" " * (200 << 20))
    return made.getvalue()


@pytest.mark.parametrize("kind", ["repeated", "entities", "unpacked"])
def test_a_small_file_that_unpacks_to_a_large_one_is_refused_and_costs_no_memory_here(
    tmp_path: Path, kind: str
) -> None:
    path = sheet(tmp_path, bomb(tmp_path, kind))
    assert path.stat().st_size < 1 << 20
    before, began = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.monotonic()
    with pytest.raises(Invalid):
        read_sheet(path)
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 32 << 10
    assert time.monotonic() - began < 100


@pytest.mark.parametrize(
    ("raw", "sentence"),
    [
        (b"", "empty"),
        (b"\xd0\xcf\x11\xe0" + bytes(600), "before 2007"),
        (b"PK\x03\x04" + bytes(600), "broken"),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 4, "no sheet"),
        (b"id\n" + b"1\n" * 20_001, "more than 20,000 rows"),
        (b"id" + b",x" * 100, "more than 100 columns"),
        (b'id\n"' + b"x" * 200_000, "quotation mark"),
    ],
)
def test_what_cannot_be_read_is_refused_in_a_sentence(tmp_path: Path, raw: bytes, sentence: str) -> None:
    with pytest.raises(Invalid, match=sentence):
        read_sheet(sheet(tmp_path, raw))


def test_heads_are_found_in_any_order_and_those_that_are_not_known_or_not_there_are_named() -> None:
    heads = find_heads(["Release_Date", None, " TITLE ", "mood"], COLUMNS)
    assert heads.places == {"release date": 0, "title": 2}
    assert ["“mood”" in heads.notes[0], "“id”" in heads.notes[1]] == [True, True]
    with pytest.raises(Invalid, match="“id” is not among them"):
        find_heads(["title"], COLUMNS, ["id"])
    with pytest.raises(Invalid, match="twice"):
        find_heads(["title", "Title"], COLUMNS)


def test_a_cell_that_does_not_fit_is_a_problem_of_its_row_and_column(tmp_path: Path) -> None:
    read = read_sheet(sheet(tmp_path, b"title,id,release date\nNeap,x,03/04/2026\n\n,,\nTide,7,14.3.2026\n"))
    rows = rows_of(read.lines[1:], COLUMNS, find_heads(read.lines[0].cells, COLUMNS))
    assert [row.number for row in rows] == [2, 5]
    assert rows[0].values == {"title": "Neap"}
    assert set(rows[0].problems) == {"id", "release date"}
    assert rows[1].values == {"title": "Tide", "id": 7, "release date": date(2026, 3, 14)}


def test_cells_become_what_their_column_holds_or_say_why_not() -> None:
    whole, text, yes = COLUMNS[0], COLUMNS[1], Column("explicit", "", "yes or no")
    assert [fit(cell, whole) for cell in (3, 3.0, " 3 ", "3.0", "", None)] == [3, 3, 3, 3, None, None]
    assert [fit(cell, text) for cell in (7, 7.0, "'=SUM", "'quoted", True)] == ["7", "7", "=SUM", "'quoted", "yes"]
    assert [fit(cell, yes) for cell in ("Yes", True, "no", 0, "x")] == [True, True, False, False, True]
    number = Column("stars", "", "number")
    odd = ((2.5, whole), ("1_0", whole), ("nan", whole), ("inf", whole), ("perhaps", yes), (float("nan"), number))
    for cell, column in (*odd, (10**400, whole), (-(10**400), number), (1e300, whole)):
        with pytest.raises(Unfit):
            fit(cell, column)
