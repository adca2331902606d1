"""Small sheets as answers, made while somebody waits, by Flask-Excel."""

from collections.abc import Iterable, Sequence
from types import SimpleNamespace

from flask import Response

from musicapp.sheets.columns import Column, Value
from musicapp.sheets.writing import Format, lines_of


def sheet_answer(chosen: Format, columns: Sequence[Column], rows: Iterable[Sequence[Value]], name: str) -> Response:
    """Answer with a short sheet to save under `name`, without its ending; long ones are exports.

    Flask-Excel takes 20 MB, so it comes with the first who asks. Its way of starting gives an app another request class
    too, which reads uploads into memory: something else gets it, since other requests of ours go on meanwhile.
    """
    import flask_excel

    flask_excel.init_excel(SimpleNamespace())
    lines = list(lines_of(columns, rows))
    response: Response = flask_excel.make_response_from_array(lines, chosen.name, file_name=name)
    response.headers["Cache-Control"] = "private, no-cache"
    return response
