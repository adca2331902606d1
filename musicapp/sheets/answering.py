"""Small sheets as answers, made while somebody waits, by Flask-Excel."""

from collections.abc import Iterable, Sequence

from flask import Response, current_app

from musicapp.sheets.columns import Column, Value
from musicapp.sheets.writing import Format, lines_of


def sheet_answer(chosen: Format, columns: Sequence[Column], rows: Iterable[Sequence[Value]], name: str) -> Response:
    """Answer with a short sheet to save under `name`, without its ending; long ones are exports.

    Flask-Excel takes 20 MB, so it comes with the first who asks. Its way of starting gives the app another request
    class too, which reads uploads into memory: ours stays.
    """
    import flask_excel

    ours = current_app.request_class
    flask_excel.init_excel(current_app)
    current_app.request_class = ours
    lines = list(lines_of(columns, rows))
    response: Response = flask_excel.make_response_from_array(lines, chosen.name, file_name=name)
    response.headers["Cache-Control"] = "private, no-cache"
    return response
