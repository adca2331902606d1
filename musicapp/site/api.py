"""The API's description of itself, for machines and for people."""

from flask import Response, jsonify, render_template, request

from musicapp.api.documentation import (
    endpoints,
    openapi_document,
    path_parameters,
    query_parameters,
    schema_of,
    who_may,
)
from musicapp.api.envelope import cached
from musicapp.site import plugin


@plugin.api.get("/openapi.json", permission="public")
def openapi() -> Response:
    """This document."""
    return cached(jsonify(openapi_document()))


@plugin.get("/api/docs", permission="public")
def api_docs() -> str:
    """The API on a page: every endpoint, who may call it, and what it takes."""
    groups: dict[str, list[dict[str, object]]] = {}
    for plugin_, rule, route in endpoints():
        groups.setdefault(plugin_.title, []).append(
            {
                "methods": rule.methods,
                "path": rule.path,
                "summary": route.summary,
                "who": who_may(route.permission),
                "parameters": [*path_parameters(rule), *query_parameters(route.query)],
                "body": schema_of(route.body) if route.body else None,
            }
        )
    return render_template("site/api_docs.html", groups=groups, base=request.url_root.rstrip("/"))
