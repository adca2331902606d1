"""Claims about the files of what somebody owns: JSON of any length, sheets that nothing runs, names for any system."""

import json
from datetime import UTC, date, datetime

import pytest

from musicapp.belongings import as_csv, as_json, file_name_of


@pytest.mark.parametrize("count", [0, 1, 199, 200, 201, 400])
def test_an_array_of_any_length_is_json(count: int) -> None:
    records = [{"id": number, "words": f"“{number}”"} for number in range(count)]
    assert json.loads(b"".join(as_json(iter(records)))) == records


def test_moments_and_what_is_no_plain_value_can_be_read_again() -> None:
    row = (datetime(2026, 11, 22, 9, 5, tzinfo=UTC), date(2026, 11, 22), ["a", {"b": 1}], "=1+1")
    [record] = json.loads(b"".join(as_json([dict(zip("abcd", row, strict=True))])))
    assert record == {"a": "2026-11-22T09:05:00+00:00", "b": "2026-11-22", "c": ["a", {"b": 1}], "d": "=1+1"}
    sheet = b"".join(as_csv("abcd", [row])).decode("utf-8-sig").splitlines()
    assert sheet == ["a,b,c,d", '2026-11-22T09:05:00Z,2026-11-22,"[""a"", {""b"": 1}]",\'=1+1']


@pytest.mark.parametrize(
    ("title", "name"),
    [("Neap", "Neap"), ("a/b\\c:d", "a b c d"), ("..", "untitled"), ("\x00\n", "untitled"), ("x" * 200, "x" * 80)],
)
def test_a_title_becomes_a_name_that_every_system_takes(title: str, name: str) -> None:
    assert file_name_of(title) == name
