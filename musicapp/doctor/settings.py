"""Settings: names that nothing reads, and values that do not go together."""

import difflib
from collections.abc import Iterator, Mapping
from pathlib import Path
from urllib.parse import urlsplit

from flask import Flask
from pydantic import BaseModel

from config import Config
from musicapp.doctor.findings import Finding
from musicapp.plugins.site import site_of
from musicapp.settings import PREFIX, environment_names

ABOUT = "settings"
AT_HOME = {"localhost", "127.0.0.1", "::1"}


def known_names(app: Flask) -> set[str]:
    """Every name that the site or one of its plugins reads, those that do not run included."""
    models: list[tuple[str, type[BaseModel] | None]] = [("", Config)]
    for state in site_of(app).states.values():
        if state.plugin is not None:
            models.append((f"{state.name}_", state.plugin.declared.settings))
    fields = [(scope, model.model_fields) for scope, model in models if model is not None]
    return {
        name
        for scope, all_of in fields
        for field, info in all_of.items()
        for name in environment_names(field, info, scope)
    }


def names(app: Flask, environ: Mapping[str, str]) -> Iterator[Finding]:
    """Names like ours that nothing reads: a slip of the pen, or a plugin that is not here."""
    known = known_names(app)
    given = sorted(name for name in environ if name.startswith(PREFIX) and not name.startswith(asleep(app)))
    for name in given:
        if name not in known:
            near = nearest(name, known)
            hint = (
                f"Did you mean {near}?" if near else "Take it out; `flask --app wsgi settings` lists those that count."
            )
            yield Finding(ABOUT, "warning", f"{name} is set, and nothing reads it.", hint)
    if set(given) <= known:
        yield Finding(ABOUT, "well", f"{len(given)} settings are given by name, and each of them is read.")


def asleep(app: Flask) -> tuple[str, ...]:
    """What the settings of plugins begin with that are here and switched off, so that nobody knows what they read."""
    off = [state.name for state in site_of(app).states.values() if state.plugin is None and state.state == "disabled"]
    return tuple(f"{PREFIX}{name}_".upper() for name in off)


def nearest(name: str, known: set[str]) -> str:
    """The name that was probably meant, by what stands behind the beginning that all of them share."""
    ends = {real.removeprefix(PREFIX): real for real in known if real.startswith(PREFIX)}
    near = difflib.get_close_matches(name.removeprefix(PREFIX), ends, 1)
    return ends[near[0]] if near else ""


def sense(app: Flask) -> Iterator[Finding]:
    """Values that do no good together."""
    address = urlsplit(app.config["SITE_URL"])
    is_open = (address.hostname or "") not in AT_HOME
    if is_open and address.scheme != "https":
        yield Finding(
            ABOUT,
            "warning",
            f"{app.config['SITE_URL']} is not protected: passwords and log-ins travel in the open.",
            "Let a proxy speak TLS, and set MUSICAPP_SITE_URL to its https:// address.",
        )
    if address.scheme == "https" and not app.config["TRUSTED_PROXIES"]:
        yield Finding(
            ABOUT,
            "warning",
            "The site is reached through a proxy, and none is trusted: everybody seems to come from its address, "
            "and shares one limit.",
            "Name the proxy's address in MUSICAPP_TRUSTED_PROXIES.",
        )
    for name in ("DEBUG", "TESTING"):
        if is_open and app.config[name]:
            yield Finding(ABOUT, "wrong", f"MUSICAPP_{name} is on for a site that others reach.", "Switch it off.")


def secrets(app: Flask) -> Iterator[Finding]:
    """The signing keys: there, and for nobody else to read."""
    folder = Path(app.config["INSTANCE"]) / "secrets"
    files = [path for path in (folder, *folder.glob("*")) if path.exists()]
    open_ones = [path for path in files if path.stat().st_mode & 0o077]
    for path in open_ones:
        yield Finding("keys", "wrong", f"Others on this machine may read {path}.", f"Type: chmod go= {path}")
    if not open_ones:
        yield Finding("keys", "well", "The site's secrets are there, and only its account may read them.")
