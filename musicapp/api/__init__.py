"""x"""

from functools import wraps
from typing import Any
from flask import request, jsonify


def endpoint_view(view: Any, body: Any, query: Any) -> Any:
    @wraps(view)
    def run(**kw: Any) -> Any:
        if body:
            kw["body"] = body.model_validate(request.get_json())
        if query:
            kw["query"] = query.model_validate(request.args.to_dict())
        return view(**kw)

    return run


def init_app(app: object) -> None:
    """x"""
