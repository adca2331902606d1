"""Typed settings: pydantic models that are filled from the environment, `.env` and, for plugins, the database."""

import difflib
import io
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Self

from dotenv import dotenv_values
from dotenv.parser import parse_stream
from pydantic import BaseModel, ConfigDict, Field, ValidationError
from pydantic.config import JsonDict
from pydantic.fields import FieldInfo

PREFIX = "MUSICAPP_"
WRITTEN_AS = "A setting stands on a line of its own, as MUSICAPP_PORT=5000, and a value with “#” in quotes."


class SettingsError(RuntimeError):
    """A setting that cannot be used; the message says which, why, and what to do."""


def setting(
    default: Any, description: str, *, bare: tuple[str, ...] = (), by_environment: bool = False, **rules: Any
) -> Any:
    """A field of a settings model; `bare` lists usual names that are read when `MUSICAPP_<NAME>` is not set.

    What is said `by_environment` alone cannot be changed on the site, since it reaches beyond it, as a folder does.
    """
    extra: JsonDict = {"bare": list(bare), "by_environment": by_environment}
    return Field(default, description=description, json_schema_extra=extra, **rules)


class Settings(BaseModel):
    """Base of the site's settings and of every plugin's: a wrong value stops the start with a sentence."""

    model_config = ConfigDict(extra="forbid", validate_default=True)

    @classmethod
    def read(cls, environ: Mapping[str, str], overrides: Mapping[str, Any] | None = None, scope: str = "") -> Self:
        """The settings as the environment gives them; `overrides` (names in any case) win over it."""
        given: dict[str, Any] = {}
        for name, field in cls.model_fields.items():
            for key in environment_names(name, field, scope):
                if environ.get(key, "") != "":
                    given[name] = parse(environ[key], field)
                    break
        for name, value in (overrides or {}).items():
            given[known(name.lower(), cls)] = value
        try:
            return cls(**given)
        except ValidationError as error:
            raise SettingsError(explain(error, cls, scope)) from None


def environment_names(name: str, field: FieldInfo, scope: str = "") -> list[str]:
    """The variables that set one field, the first that is set wins."""
    extra = field.json_schema_extra
    bare = extra.get("bare", []) if isinstance(extra, dict) else []
    return [f"{PREFIX}{scope}{name}".upper(), *(str(key) for key in bare)] if isinstance(bare, list) else []


def is_by_environment(field: FieldInfo) -> bool:
    """Whether a setting can be said by the environment alone."""
    extra = field.json_schema_extra
    return isinstance(extra, dict) and bool(extra.get("by_environment"))


def parse(text: str, field: FieldInfo) -> Any:
    """A string of the environment as the field wants it: lists are written with commas."""
    if "list" in str(field.annotation):
        return [part.strip() for part in text.split(",") if part.strip()]
    return text


def known(name: str, model: type[BaseModel]) -> str:
    if name in model.model_fields:
        return name
    near = difflib.get_close_matches(name, model.model_fields, 1)
    hint = f" Did you mean “{near[0]}”?" if near else ""
    raise SettingsError(f"There is no setting “{name}”.{hint}")


def explain(error: ValidationError, model: type[BaseModel], scope: str = "") -> str:
    lines = []
    for problem in error.errors():
        name = str(problem["loc"][0]) if problem["loc"] else "settings"
        field = model.model_fields.get(name)
        key = environment_names(name, field, scope)[0] if field else name
        why = problem["msg"].removeprefix("Value error, ")
        lines.append(f"{key} cannot be used: {why} (it is {problem.get('input')!r}).")
    return "\n".join(lines)


def environment(env_file: Path | None) -> dict[str, str]:
    """The process's environment over what `.env` says. Raises SettingsError for a file that cannot be read."""
    return {**(written_in(env_file) if env_file and env_file.is_file() else {}), **os.environ}


def written_in(env_file: Path) -> dict[str, str]:
    """The settings in a file; a line that would be passed over stops the start, since its owner meant something by it.

    What stands in that line is not told: it may be a password.
    """
    try:
        text = env_file.read_text("utf-8-sig")
    except UnicodeDecodeError:
        raise SettingsError(f"{env_file} cannot be read: save it as UTF-8 in your editor.") from None
    except OSError as problem:
        raise SettingsError(f"{env_file} cannot be read: {problem.strerror}.") from None
    for line in parse_stream(io.StringIO(text)):
        if line.error or (line.key is not None and line.value is None):
            written = line.original.string
            number = line.original.line + written[: len(written) - len(written.lstrip())].count("\n")
            raise SettingsError(f"Line {number} of {env_file} cannot be read. {WRITTEN_AS}")
    return {name: value for name, value in dotenv_values(stream=io.StringIO(text)).items() if value is not None}
