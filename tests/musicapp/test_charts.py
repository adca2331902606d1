"""Claims about drawings of numbers."""

import re
from itertools import pairwise

import pytest

from musicapp.charts import NARROW, WIDE, Frame, draw_bars, draw_heat, draw_lines, draw_spark, round_top


@pytest.mark.parametrize(
    ("highest", "top"),
    [(0, 3), (1, 3), (3, 3), (4, 6), (7, 9), (16, 18), (518, 600), (601, 750), (751, 900), (30_001, 45_000)],
)
def test_the_top_line_reads_well_and_is_never_below_the_highest_value(highest: float, top: float) -> None:
    assert round_top(highest) == top >= highest


@pytest.mark.parametrize("frame", [WIDE, NARROW])
def test_a_line_rises_with_its_values_within_its_frame(frame: Frame) -> None:
    chart = draw_lines(frame, [0, 300, 600], [600, 0, 150], ["1 Nov", "2 Nov", "3 Nov"], "600 min")
    assert [words.text for words in chart.scale] == ["0", "200", "400", "600"]
    points = [tuple(map(float, pair.split())) for pair in re.split("[ML]", chart.now)[1:]]
    floor = frame.height - frame.below
    assert [y for _, y in points] == [floor, (floor + frame.above) / 2, frame.above]
    assert points[0][0] < points[1][0] < points[2][0] == frame.width - 8
    assert chart.highest is not None
    assert (chart.highest.x, chart.highest.y, chart.highest.anchor) == (*points[2], "end")
    assert chart.area.startswith(chart.now)
    assert chart.before != ""
    assert chart.grid.count("M") == 4


def test_no_two_names_below_a_chart_touch() -> None:
    for frame, most in ((WIDE, 12), (NARROW, 4)):
        chart = draw_lines(frame, list(range(365)), [], [f"{n} November" for n in range(365)])
        places = [words.x for words in chart.ticks]
        assert len(places) <= most
        assert min(b - a for a, b in pairwise(places)) > 70


def test_bars_stand_on_the_ground_and_reach_their_values() -> None:
    chart = draw_bars(WIDE, [0, 300, 600], [600], ["Jan", "Feb", "Mar"], "600 min")
    tops = [float(y) for y in re.findall(r"V([\d.]+)h", chart.bars)]
    assert tops == [(WIDE.height - WIDE.below + WIDE.above) / 2, WIDE.above]
    assert [words.text for words in chart.ticks] == ["Jan", "Feb", "Mar"]
    assert chart.before.count("M") == 1
    assert (chart.now, chart.area) == ("", "")
    assert chart.highest is not None
    assert (chart.highest.y, chart.highest.anchor) == (WIDE.above, "middle")


def test_one_value_or_none_is_a_drawing_too() -> None:
    assert draw_lines(WIDE, [5], [], ["Today"], "5 min").now.endswith("h6")
    empty = draw_lines(WIDE, [], [], [], "nothing")
    assert (empty.now, empty.area, empty.highest) == ("", "", None)


def test_cells_are_the_fuller_the_higher_their_value_is() -> None:
    drawn = draw_heat(Frame(358, 200), [[0, 1, 5], [10, 2.4, 7.6]], ["Mon", "Tue"], ["0", "", "16"])
    assert [level.count("M") for level in drawn.levels] == [1, 2, 1, 0, 2]
    assert [words.text for words in drawn.columns] == ["0", "16"]
    assert [words.text for words in drawn.rows] == ["Mon", "Tue"]
    nothing = draw_heat(Frame(358, 200), [[0, 0]], ["Mon"], ["", ""])
    assert [level.count("M") for level in nothing.levels] == [2, 0, 0, 0, 0]


def test_a_small_line_has_gaps_where_nothing_is_known() -> None:
    drawn = draw_spark([None, 0, 10, None, 5], width=400, height=56)
    assert drawn.now == "M100 54L200 4M400 29h6"
    assert drawn.area == "M100 54L200 4V56H100z"
    assert draw_spark([0, 0]).now.count(" 54") == 2
    assert draw_spark([]).now == ""
