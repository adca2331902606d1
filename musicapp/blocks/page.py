"""Blocks as templates draw them: what the macros of `parts/blocks.html` and of the mails ask for."""

from collections.abc import Callable
from typing import Any

from flask import Flask

from musicapp.blocks.drawings import WEEKDAYS, is_long, lines_of, scale_of, weeks_of, year_of
from musicapp.blocks.links import safe_link, whole_link
from musicapp.blocks.numbers import change_of, in_words, pieces, share
from musicapp.blocks.sentences import calendar_in_words, series_in_words, shares_in_words
from musicapp.blocks.stored import kind_of
from musicapp.blocks.tints import deep, site_tint


def init_app(app: Flask) -> None:
    filters: dict[str, Callable[..., Any]] = {
        "block_deep": deep,
        "block_kind": kind_of,
        "block_link": safe_link,
        "block_tint": site_tint,
        "calendar_is_long": is_long,
        "calendar_weeks": weeks_of,
        "calendar_words": calendar_in_words,
        "calendar_year": year_of,
        "change": change_of,
        "number_pieces": pieces,
        "number_words": in_words,
        "series_lines": lines_of,
        "series_scale": scale_of,
        "series_words": series_in_words,
        "share_percent": share,
        "shares_words": shares_in_words,
        "whole_link": whole_link,
    }
    for name, function in filters.items():
        app.add_template_filter(function, name)
    app.jinja_env.globals["weekdays"] = WEEKDAYS
