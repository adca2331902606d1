"""Writes the pages of `docs/` that list things: `make docs`. A test fails when one of them is not what this writes."""

import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from flask import Flask
from pydantic import BaseModel
from pydantic_core import PydanticUndefined

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from config import Config  # noqa: E402 (found once the project's folder is on the path)
from musicapp import create_app  # noqa: E402
from musicapp.api.documentation import endpoints, who_may  # noqa: E402
from musicapp.plugins.site import Site, site_of  # noqa: E402
from musicapp.settings import environment_names  # noqa: E402

SETTINGS = """# Settings

Set them in the environment or in a file `.env` beside `config.py`. Settings of plugins can also be changed on the
site; the environment wins over that. `flask --app wsgi settings` prints the same list. Written by `make docs`.
"""
POINTS = """# Events, slots and points

What plugins may hear, fill and contribute to; [plugins.md](plugins.md) says how. Written by `make docs`.
"""
API = """# The JSON API

The rules that hold for every endpoint stand at `/api/docs` of a running site, with the fields of each;
`/api/openapi.json` is the same for machines. This is the list. Written by `make docs`.
"""
COLUMNS = """# The columns of exports

What stands in the files that people take out; [exports.md](exports.md) says how. Written by `make docs`.
"""


def settings_page(site: Site) -> str:
    tables = [table("The site", Config, "")]
    for plugin in site.plugins:
        if plugin.declared.settings is not None:
            tables.append(table(f"{plugin.title} ({plugin.name})", plugin.declared.settings, f"{plugin.name}_"))
    return SETTINGS + "".join(tables)


def table(title: str, model: type[BaseModel], scope: str) -> str:
    rows = [f"\n## {title}\n\n| setting | what it does | default |\n|---|---|---|\n"]
    for name, field in model.model_fields.items():
        names = " or ".join(f"`{key}`" for key in environment_names(name, field, scope))
        rows.append(f"| {names} | {field.description} | {shown(field.default)} |\n")
    return "".join(rows)


def shown(default: object) -> str:
    if default is PydanticUndefined or default == "":
        return ""
    if isinstance(default, Path):
        return f"`{default.relative_to(ROOT)}`"
    return f"`{','.join(map(str, default)) if isinstance(default, list) else default}`"


def points_page(site: Site) -> str:
    lines = [POINTS]
    for plugin in site.plugins:
        said = plugin.declared
        parts = [("Slots", said.slots), ("Points", list(said.points)), ("Jobs", [job.kind for job in said.jobs])]
        parts += [("Rights", [f"{right} ({', '.join(sorted(roles))})" for right, roles in said.rights.items()])]
        shown_parts = [f"\n{title}: {', '.join(f'`{name}`' for name in names)}.\n" for title, names in parts if names]
        events = [event for package in packages_of(plugin.import_name) for event in events_of(package)]
        if shown_parts or events:
            lines += [f"\n## {plugin.title} ({plugin.name})\n", *shown_parts]
        if events:
            lines += ["\n| event | when |\n|---|---|\n", *(f"| `{name}` | {words} |\n" for name, words in events)]
    return "".join(lines)


def packages_of(plugin: str) -> list[str]:
    """Where the events of a plugin are; those of jobs belong to the kernel as well."""
    return [plugin, "musicapp.jobs"] if plugin == "musicapp.site" else [plugin]


def events_of(package: str) -> Iterator[tuple[str, str]]:
    """The events of a plugin, with the first sentence of what each says of itself."""
    module = sys.modules.get(f"{package}.events")
    for name, event in vars(module).items() if module else ():
        if isinstance(event, type) and event.__module__ == f"{package}.events":
            fields = ", ".join(getattr(event, "__dataclass_fields__", {}))
            yield f"{name}({fields})", (event.__doc__ or "").strip().split("\n")[0]


def api_page() -> str:
    lines = [API, "\n| endpoint | what | who |\n|---|---|---|\n"]
    rows = {(rule.path, rule.methods): (route.summary, who_may(route.permission)) for _, rule, route in endpoints()}
    for (path, methods), (summary, who) in sorted(rows.items()):
        lines.append(f"| `{', '.join(methods)} {path}` | {summary} | {who} |\n")
    return "".join(lines)


def columns_page(site: Site) -> str:
    lines = [COLUMNS]
    for export in sorted(site.points["reports.export"], key=lambda one: one.name):
        lines.append(
            f"\n## {export.title} ({export.name})\n\n{export.words}\n\n| column | holds | what |\n|---|---|---|\n"
        )
        lines += [f"| `{column.name}` | {column.holds} | {column.words} |\n" for column in export.columns]
    return "".join(lines)


def pages(app: Flask) -> dict[str, str]:
    """The text of each page that this writes, by its name."""
    with app.app_context():
        site = site_of(app)
        return {
            "settings.md": settings_page(site),
            "points.md": points_page(site),
            "api.md": api_page(),
            "export-columns.md": columns_page(site),
        }


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        app = create_app({"instance": Path(folder), "log_level": "ERROR", "debug": True})
        for name, text in pages(app).items():
            (ROOT / "docs" / name).write_text(text)
            print(f"docs/{name}")


if __name__ == "__main__":
    main()
