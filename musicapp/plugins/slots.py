"""Slots and points: what other plugins put into a page or give to code, each contained."""

import logging
from collections.abc import Callable
from functools import partial
from typing import Any

from flask import render_template
from markupsafe import Markup, escape

from musicapp.plugins.problems import did_you_mean
from musicapp.plugins.site import current_site

log = logging.getLogger(__name__)


def slot(name: str, /, **context: Any) -> Markup:
    """The fragments that others give for a place in a page, in the order of the plugins."""
    fillings = current_site().slots.get(name)
    if fillings is None:
        raise LookupError(f"No slot is named “{name}”.{did_you_mean(name, current_site().slots)}")
    fragments = []
    for filling in fillings:
        fragment = contained(filling.plugin, name, partial(filling.function, **context))
        fragments.append(escape(fragment or ""))
    return Markup("").join(fragments)


def fragment(template: str, **context: Any) -> Markup:
    """A rendered template as a fragment for a slot; Flask's own `render_template` gives a plain text."""
    return Markup(render_template(template, **context))


def contributions(point: str) -> list[Any]:
    """What others contributed to a point: the records that its owner asked for."""
    given = current_site().points.get(point)
    if given is None:
        raise LookupError(f"No point is named “{point}”.{did_you_mean(point, current_site().points)}")
    return list(given)


def contained(plugin: str, what: str, call: Callable[[], Any]) -> Any:
    """Run one plugin's hook; when it raises, log it and give nothing, so that the page stays."""
    try:
        return call()
    except Exception:
        log.exception("%s failed in its part of “%s”.", plugin, what)
        return None
