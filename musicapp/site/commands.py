"""Commands of the kernel: `flask plugins`, `flask upgrade`, `flask settings`, `flask revision`."""

from pathlib import Path

import click
from flask import Flask, current_app
from flask.cli import with_appcontext

from config import Config
from musicapp import migrating, rescue
from musicapp.database import db
from musicapp.plugins.contract import Plugin
from musicapp.plugins.site import current_site
from musicapp.settings import environment_names


@click.command()
@with_appcontext
def plugins() -> None:
    """List the plugins: what runs, what does not and why, and what each adds."""
    for state in current_site().states.values():
        version = state.plugin.version if state.plugin else "?"
        click.echo(f"{state.name} {version} · {state.state} · {state.origin}")
        if state.reason:
            click.echo(f"    why: {state.reason}")
        if state.plugin is not None and state.state == "running":
            for line in additions(state.plugin):
                click.echo(f"    {line}")


def additions(plugin: Plugin) -> list[str]:
    said = plugin.declared
    lists = {
        "requires": plugin.requires,
        "routes": [f"{','.join(rule.methods)} {rule.path}" for rule in said.rules],
        "nav": [f"{entry.label} → {entry.endpoint}" for entry in said.nav],
        "rights": list(said.rights),
        "slots": said.slots,
        "fills": [filling.slot for filling in said.fillings],
        "points": list(said.points),
        "contributes": [gift.point for gift in said.contributions],
        "hears": [f"{one.event.__name__}{' (durable)' if one.durable else ''}" for one in said.listeners],
        "jobs": [job.kind for job in said.jobs],
    }
    return [f"{name}: {', '.join(entries)}" for name, entries in lists.items() if entries]


@click.command()
@with_appcontext
def upgrade() -> None:
    """Bring the database up to date. The site does this at every start; this only says what it found."""
    stopped = [state for state in current_site().states.values() if "could not be brought up to date" in state.reason]
    for state in stopped:
        click.echo(f"{state.name}: {state.reason}")
    if stopped:
        raise SystemExit(1)
    click.echo("The database is up to date.")


@click.command()
@with_appcontext
def settings() -> None:
    """List every setting of the site and its plugins, with what it does, as the environment names it."""
    models = [("", Config), *((f"{p.name}_", p.declared.settings) for p in current_site().plugins)]
    for scope, model in models:
        for name, field in model.model_fields.items() if model else ():
            click.echo(f"{environment_names(name, field, scope)[0]}  {field.description} (default: {field.default!r})")


@click.command()
@click.argument("plugin_name")
@click.argument("message")
@with_appcontext
def revision(plugin_name: str, message: str) -> None:
    """Write the migration that leads from the database to a plugin's models (for plugin authors)."""
    for plugin in current_site().plugins:
        if plugin.name == plugin_name:
            path = migrating.write_revision(db.engine, plugin.name, Path(plugin.root_path) / "migrations", message)
            click.echo(f"Written: {path}" if path else "The models and the database agree; nothing was written.")
            return
    raise click.UsageError(f"No running plugin is named “{plugin_name}”; see `flask --app {current_app.name} plugins`.")


def init_app(app: Flask) -> None:
    for command in (plugins, upgrade, settings, revision, *rescue.COMMANDS):
        app.cli.add_command(command)
