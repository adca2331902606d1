"""The wrapping of every view of an API: checked input in, an ordinary Flask answer out."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from pydantic import BaseModel

from musicapp.api.idempotency import answered_once
from musicapp.api.input import read_body, read_query

View = Callable[..., Any]


def endpoint_view(view: View, body: type[BaseModel] | None, query: type[BaseModel] | None) -> View:
    """`view` with what it declared: `body` and `query` arrive checked, and an Idempotency-Key is honoured."""

    @wraps(view)
    def endpoint(**path: Any) -> Any:
        given = dict(path)
        if query is not None:
            given["query"] = read_query(query)
        if body is not None:
            given["body"] = read_body(body)
        return answered_once(lambda: view(**given))

    return endpoint
