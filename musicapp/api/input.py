"""What comes in: bodies and queries as pydantic models; what they do not name is refused by name."""

from typing import Any, TypeVar

from flask import request
from pydantic import BaseModel, ConfigDict, Field, ValidationError
from werkzeug.exceptions import BadRequest, UnsupportedMediaType

from musicapp.errors import Invalid, Refused, WrongKind
from musicapp.paging import LONGEST_CURSOR

M = TypeVar("M", bound=BaseModel)

SENTENCES = {
    "missing": "This is needed.",
    "extra_forbidden": "There is no such field.",
    "string_too_short": "This is too short: at least {min_length} characters.",
    "string_too_long": "This is too long: at most {max_length} characters.",
    "greater_than_equal": "This must be at least {ge}.",
    "less_than_equal": "This must be at most {le}.",
    "too_long": "These are too many: at most {max_length}.",
    "literal_error": "This must be one of {expected}.",
    "int_parsing": "This must be a whole number.",
    "int_type": "This must be a whole number.",
    "bool_parsing": "This must be true or false.",
    "string_type": "This must be a text.",
}


class Body(BaseModel):
    """Base of what an endpoint takes as JSON."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)


class Query(BaseModel):
    """Base of what an endpoint takes in its query string."""

    model_config = ConfigDict(extra="forbid")


class PageQuery(Query):
    """The query of every list."""

    limit: int = Field(50, ge=1, le=500, description="Rows in one page.")
    cursor: str | None = Field(None, max_length=LONGEST_CURSOR, description="The `next` of the page before.")


def read_body(model: type[M]) -> M:
    """The JSON body as `model`; 400 when it is unreadable, 415 when it is no JSON, 422 when it does not fit."""
    try:
        given = request.get_json()
    except UnsupportedMediaType:
        raise WrongKind("Send the body as JSON, with Content-Type: application/json.") from None
    except (BadRequest, RecursionError):
        raise Refused("The body is not readable as JSON.") from None
    if not isinstance(given, dict):
        raise Refused("The body must be a JSON object.")
    return checked(model, given)


def read_query(model: type[M]) -> M:
    """The query string as `model`; a name that stands twice counts once, the last time."""
    return checked(model, {name: values[-1] for name, values in request.args.lists()})


def checked(model: type[M], given: dict[str, Any]) -> M:
    try:
        return model.model_validate(given)
    except ValidationError as error:
        raise Invalid("Some of what you sent does not fit.", by_field(error)) from None


def by_field(error: ValidationError) -> dict[str, list[str]]:
    """What is wrong, as sentences by field."""
    sentences: dict[str, list[str]] = {}
    for problem in error.errors():
        name = ".".join(str(part) for part in problem["loc"]) or "body"
        pattern = SENTENCES.get(problem["type"])
        context = problem.get("ctx", {})
        sentence = pattern.format(**context) if pattern else f"{problem['msg'].removeprefix('Value error, ')}."
        sentences.setdefault(name, []).append(sentence)
    return sentences
