"""A plugin whose export can be held in its middle, for as long as a file named `hold` lies in the instance folder."""

import time
from pathlib import Path

from flask import current_app

from musicapp import Plugin
from musicapp.sheets import Column

plugin = Plugin("ledger", __name__, requires=["reports"])
ROWS = 2_000


def count(_person_id, _subject_id, _span):
    return ROWS


@plugin.contributes(
    "reports.export",
    name="ledger.lines",
    title="Lines",
    words="Numbered lines.",
    columns=[Column("number", "Its number.", "whole number"), Column("words", "Its words.")],
    count=count,
)
def lines(_person_id, _subject_id, _span):
    """As many lines as were promised."""
    hold = Path(current_app.config["INSTANCE"]) / "hold"
    for number in range(ROWS):
        while number == ROWS // 2 and hold.exists():
            time.sleep(0.02)
        yield (number, "=words" * 40)
