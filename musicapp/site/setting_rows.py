"""Settings as they are shown and changed: what each is, what it may be, and who said so."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal, get_args, get_origin

from annotated_types import Ge, Le, MaxLen
from pydantic import BaseModel, ValidationError
from pydantic.fields import FieldInfo

from musicapp.api.input import by_field
from musicapp.errors import Invalid, NotFound
from musicapp.plugins.contract import Plugin
from musicapp.plugins.site import current_site
from musicapp.settings import environment_names, is_by_environment
from musicapp.site.stored_settings import forget_settings, from_environment, plugin_settings, store_settings, stored

Control = Literal["switch", "choice", "number", "lines", "long", "text"]
Source = Literal["default", "site", "environment"]
LONG_TEXT = 200
SEVERAL = re.compile(r"[,\n]")


@dataclass(frozen=True)
class SettingRow:
    """One setting; `title` says what it is, `variable` is what sets it in the environment.

    `least` to `most` is what a number may be. `source` says why it is as it is: nobody changed it, it was changed on
    the site, or the environment says so.
    """

    name: str
    title: str
    control: Control
    value: Any
    default: Any
    source: Source
    variable: str
    by_environment: bool
    choices: tuple[str, ...] = ()
    least: int | float | None = None
    most: int | float | None = None

    @property
    def is_fixed(self) -> bool:
        """Whether it cannot be changed on the site."""
        return self.source == "environment" or self.by_environment


@dataclass(frozen=True)
class SettingGroup:
    """The settings of one plugin."""

    name: str
    title: str
    rows: list[SettingRow]


def setting_groups() -> list[SettingGroup]:
    """The settings of all running plugins that have some, the site's own first."""
    return [group_of(plugin, plugin.declared.settings) for plugin in current_site().plugins if plugin.declared.settings]


def setting_group(name: str) -> SettingGroup:
    """The settings of one plugin; raises NotFound."""
    for plugin in current_site().plugins:
        if plugin.name == name and plugin.declared.settings is not None:
            return group_of(plugin, plugin.declared.settings)
    raise NotFound("There are no such settings.")


def group_of(plugin: Plugin, model: type[BaseModel]) -> SettingGroup:
    values = plugin_settings(plugin.name, model)
    fixed, kept = from_environment(plugin.name, model), stored(plugin.name, model)
    rows = [
        row_of(plugin.name, name, field, getattr(values, name), source_of(name, fixed, kept))
        for name, field in model.model_fields.items()
    ]
    return SettingGroup(plugin.name, plugin.title, rows)


def source_of(name: str, fixed: Mapping[str, Any], kept: Mapping[str, Any]) -> Source:
    return "environment" if name in fixed else "site" if name in kept else "default"


def row_of(owner: str, name: str, field: FieldInfo, value: Any, source: Source) -> SettingRow:
    rules = {type(rule): rule for rule in field.metadata}
    return SettingRow(
        name=name,
        title=(field.description or name).replace("`", "").rstrip("."),
        control=control_of(field, rules),
        value=value,
        default=field.default,
        source=source,
        variable=environment_names(name, field, f"{owner}_")[0],
        by_environment=is_by_environment(field),
        choices=get_args(field.annotation) if get_origin(field.annotation) is Literal else (),
        least=rules[Ge].ge if Ge in rules else None,
        most=rules[Le].le if Le in rules else None,
    )


def control_of(field: FieldInfo, rules: Mapping[type, Any]) -> Control:
    """What a setting is changed with."""
    if field.annotation is bool:
        return "switch"
    if get_origin(field.annotation) is Literal:
        return "choice"
    if field.annotation in (int, float):
        return "number"
    if get_origin(field.annotation) is list:
        return "lines"
    return "long" if MaxLen in rules and rules[MaxLen].max_length > LONG_TEXT else "text"


def change_settings(name: str, given: Mapping[str, Any]) -> list[str]:
    """Keep what is other than before; the names of those settings. Raises Invalid by field, and NotFound."""
    rows = {row.name: row for row in setting_group(name).rows}
    if unknown := [field for field in given if field not in rows]:
        raise Invalid("There is no such setting.", {field: ["There is no such setting."] for field in unknown})
    fixed = {field: [why_fixed(rows[field])] for field in given if rows[field].is_fixed}
    if fixed:
        raise Invalid("Some of this is set where the site is started.", fixed)
    changed = {field: value for field, value in given.items() if value != rows[field].value}
    if changed:
        try:
            store_settings(name, changed)
        except ValidationError as error:
            raise Invalid("Some of these settings cannot be so.", by_field(error)) from None
    return list(changed)


def reset_settings(name: str, field: str) -> None:
    """Let one setting be as it is by default; raises NotFound."""
    if field not in {row.name for row in setting_group(name).rows}:
        raise NotFound("There is no such setting.")
    forget_settings(name, [field])


def why_fixed(row: SettingRow) -> str:
    return f"This is set by {row.variable} in the environment, and nowhere else."


def typed_values(group: SettingGroup, form: Mapping[str, str]) -> dict[str, Any]:
    """What a form says of the settings that can be changed here, where that is other than what it was shown with.

    So what somebody else changed meanwhile stays.
    """
    typed = {row.name: typed_value(row, form, row.name) for row in group.rows if not row.is_fixed}
    shown = {row.name: typed_value(row, form, f"was-{row.name}") for row in group.rows if not row.is_fixed}
    return {name: value for name, value in typed.items() if value != shown[name]}


def typed_value(row: SettingRow, form: Mapping[str, str], name: str) -> Any:
    """One setting as a field of this name says it."""
    text = form.get(name, "").strip().replace("\r\n", "\n")
    if row.control == "switch":
        return name in form
    if row.control == "lines":
        return [part.strip() for part in SEVERAL.split(text) if part.strip()]
    if row.control == "number":
        return number(text)
    return text


def number(text: str) -> int | float | str:
    """The number that somebody typed; what is none stays as it is, to be refused with a sentence."""
    try:
        return int(text)
    except ValueError:
        pass
    try:
        return float(text)
    except ValueError:
        return text
