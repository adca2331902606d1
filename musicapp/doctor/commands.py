"""`flask doctor`: looks at everything, changes nothing, says what to do."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from functools import partial

import click
from flask import Flask

from config import ROOT, Config
from musicapp.doctor.findings import Finding, Look, contained, worst
from musicapp.settings import SettingsError, environment

MARKS = {"well": ("✓", "green"), "warning": ("!", "yellow"), "wrong": ("✗", "red")}


NEED_DATABASE = {"database", "migrations", "files", "worker", "clock", "backups"}


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Answer a list of findings, for machines.")
def doctor(as_json: bool) -> None:
    """Look at settings, folders, files and all that the site needs, and say what to do.

    The exit status is 0 when all is well, 1 for warnings and 2 when something is wrong.
    """
    findings = []
    for finding in of_this_site():
        findings.append(finding)
        if not as_json:
            show(finding)
    if as_json:
        click.echo(json.dumps([asdict(finding) for finding in findings], indent=1, ensure_ascii=False))
    raise SystemExit(worst(findings))


def of_this_site() -> Iterator[Finding]:
    """What there is to say about the site of this folder's `.env` and the environment."""
    try:
        environ = environment(ROOT / ".env")
    except SettingsError as problem:
        yield unusable(problem)
    else:
        yield from examine(environ)


def unusable(problem: SettingsError) -> Finding:
    return Finding("settings", "wrong", str(problem), "docs/settings.md lists them all.")


def show(finding: Finding) -> None:
    mark, colour = MARKS[finding.level]
    click.echo(f"{click.style(mark, fg=colour)} {finding.about}: {finding.says}")
    if finding.do:
        click.echo(f"  → {finding.do}")


def examine(environ: Mapping[str, str]) -> Iterator[Finding]:
    """All findings about the site of these settings, one after the other as they are found."""
    try:
        config = Config.read(environ)
    except SettingsError as problem:
        yield unusable(problem)
        return
    if not config.instance.is_dir():
        says = f"There is no site in {config.instance} yet."
        yield Finding("folders", "wrong", says, "Start it there, or name its folder in MUSICAPP_INSTANCE.")
        return
    from musicapp.database import close_connections
    from musicapp.doctor.database import unreachable

    app = looked_on(config)
    if isinstance(app, Finding):
        yield app
        return
    with app.app_context():
        silent = unreachable(app)
        for about, look in looks(app, environ):
            if silent is None or about not in NEED_DATABASE:
                yield from contained(about, look)
        if silent is not None:
            yield silent
    close_connections(app)


def looked_on(config: Config) -> Flask | Finding:
    """The site without its start, or why there is none."""
    from musicapp import create_app

    try:
        return create_app(config, upgrade=False)
    except Exception as error:
        return Finding("start", "wrong", f"The site cannot start: {error}", "Mend that first, then ask again.")


def looks(app: Flask, environ: Mapping[str, str]) -> list[tuple[str, Look]]:
    """What is looked at, in this order: each may rest on those before."""
    from musicapp.doctor import around, database, files, places, settings

    return [
        ("settings", partial(settings.names, app, environ)),
        ("settings", partial(settings.sense, app)),
        ("keys", partial(settings.secrets, app)),
        ("folders", partial(places.folders, app)),
        ("space", partial(places.space, app)),
        ("database", partial(database.database, app)),
        ("migrations", partial(database.migrations, app)),
        ("plugins", partial(around.plugins, app)),
        ("files", partial(files.files, app)),
        ("redis", partial(around.redis, app)),
        ("worker", partial(around.worker, app)),
        ("mail", partial(around.mail, app)),
        ("clock", partial(around.clock, app)),
        ("backups", partial(around.backups, app)),
    ]
