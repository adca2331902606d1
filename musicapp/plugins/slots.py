"""Slots and points: what other plugins put into a page or give to code, each contained."""

import logging
from collections.abc import Callable
from functools import partial
from typing import Any

from markupsafe import Markup, escape

from musicapp.plugins.problems import did_you_mean
from musicapp.plugins.site import current_site

log = logging.getLogger(__name__)


def slot(name: str, **context: Any) -> Markup:
    """The fragments that others give for a place in a page, in the order of the plugins."""
    fillings = current_site().slots.get(name)
    if fillings is None:
        raise LookupError(f"No slot is named “{name}”.{did_you_mean(name, current_site().slots)}")
    fragments = []
    for filling in fillings:
        fragment = contained(filling.plugin, name, partial(filling.function, **context))
        fragments.append(escape(fragment or ""))
    return Markup("").join(fragments)


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
