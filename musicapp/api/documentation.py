"""The API's own description: an OpenAPI 3.1 document made from what the routes declare."""

import re
from collections.abc import Iterator
from typing import Any

from flask import current_app
from pydantic import BaseModel, TypeAdapter

from musicapp.plugins.contract import Plugin
from musicapp.plugins.declared import Route, Rule
from musicapp.plugins.site import current_site
from musicapp.site.stored_settings import site_settings

VARIABLE = re.compile(r"<(?:(?P<kind>[^:<>]+):)?(?P<name>[^<>]+)>")
TYPES = {"int": {"type": "integer"}, "float": {"type": "number"}}
FAILURES = {
    "400": "Unreadable.",
    "401": "No token, or a dead one.",
    "403": "Not yours to do.",
    "404": "Not there, or not visible to you.",
    "409": "Conflict.",
    "413": "Too large.",
    "415": "Not that kind of file.",
    "422": "Invalid; `errors` names the fields.",
    "429": "Too often; see Retry-After.",
    "503": "Not now; see Retry-After.",
}


def openapi_document() -> dict[str, Any]:
    """The document of `/api/openapi.json`; every endpoint of every running plugin stands in it."""
    paths: dict[str, dict[str, Any]] = {}
    for plugin, rule, route in endpoints():
        operations = paths.setdefault(VARIABLE.sub(r"{\g<name>}", rule.path), {})
        for method in rule.methods:
            operations[method.lower()] = operation(plugin, rule, route, method)
    return {
        "openapi": "3.1.0",
        "info": {"title": f"{site_settings().name} API", "version": "1"},
        "servers": [{"url": current_app.config["SITE_URL"]}],
        "paths": dict(sorted(paths.items())),
        "components": {
            "securitySchemes": {
                "bearer": {"type": "http", "scheme": "bearer", "bearerFormat": "JWT"},
                "token": {"type": "apiKey", "in": "header", "name": "Authentication-Token"},
            },
            "schemas": {"Failure": failure_schema()},
        },
    }


def endpoints() -> Iterator[tuple[Plugin, Rule, Route]]:
    """Every route of every plugin's API."""
    for plugin in current_site().plugins:
        for rule in plugin.declared.rules:
            if ".api." in rule.endpoint:
                yield plugin, rule, plugin.declared.routes[rule.endpoint]


def operation(plugin: Plugin, rule: Rule, route: Route, method: str) -> dict[str, Any]:
    described: dict[str, Any] = {
        "operationId": f"{method.lower()}_{re.sub(r'[^a-z0-9]+', '_', rule.path.lower()).strip('_')}",
        "tags": [plugin.title],
        "summary": route.summary,
        "description": who_may(route.permission),
        "security": [] if route.permission == "public" else [{"bearer": []}, {"token": []}],
        "parameters": [*path_parameters(rule), *query_parameters(route.query)],
        "responses": {"200": success(route.answer), "default": failure()},
    }
    if route.body is not None:
        content = {"application/json": {"schema": schema_of(route.body)}}
        described["requestBody"] = {"required": True, "content": content}
    return described


def who_may(permission: str) -> str:
    words = {
        "public": "Anybody.",
        "listen": "Whoever may listen: everybody signed in, and visitors where the site lets them.",
        "member": "Everybody signed in.",
    }
    return words.get(permission, f"Who has the right `{permission}`.")


def path_parameters(rule: Rule) -> list[dict[str, Any]]:
    return [
        {
            "name": match["name"],
            "in": "path",
            "required": True,
            "schema": TYPES.get(match["kind"] or "", {"type": "string"}),
        }
        for match in VARIABLE.finditer(rule.path)
    ]


def query_parameters(model: type[BaseModel] | None) -> list[dict[str, Any]]:
    if model is None:
        return []
    schema = schema_of(model)
    needed = schema.get("required", [])
    return [
        {"name": name, "in": "query", "required": name in needed, "schema": field}
        for name, field in schema.get("properties", {}).items()
    ]


def success(kind: Any) -> dict[str, Any]:
    properties: dict[str, Any] = {"message": {"type": "string"}, "data": schema_of(kind) if kind else {}}
    if getattr(kind, "__origin__", None) is list:
        properties["next"] = {"type": ["string", "null"], "description": "The cursor of the next page."}
    return {
        "description": "Done.",
        "content": {"application/json": {"schema": {"type": "object", "properties": properties}}},
    }


def failure() -> dict[str, Any]:
    described = " ".join(f"{status}: {sentence}" for status, sentence in FAILURES.items())
    schema = {"$ref": "#/components/schemas/Failure"}
    return {"description": described, "content": {"application/json": {"schema": schema}}}


def failure_schema() -> dict[str, Any]:
    sentences = {"type": "array", "items": {"type": "string"}}
    return {
        "type": "object",
        "required": ["message", "errors"],
        "properties": {
            "message": {"type": "string", "description": "A sentence for a person."},
            "errors": {"type": "object", "additionalProperties": sentences},
        },
    }


def schema_of(kind: Any) -> dict[str, Any]:
    """The JSON schema of a model, its parts written out in place."""
    schema = TypeAdapter(kind).json_schema()
    parts = schema.pop("$defs", {})
    written: dict[str, Any] = in_place(schema, parts)
    return written


def in_place(value: Any, parts: dict[str, Any]) -> Any:
    if isinstance(value, list):
        return [in_place(part, parts) for part in value]
    if not isinstance(value, dict):
        return value
    if "$ref" in value:
        return in_place(parts[value["$ref"].rpartition("/")[2]], parts)
    return {key: in_place(part, parts) for key, part in value.items()}
