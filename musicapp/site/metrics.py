"""/metrics, for Prometheus: who has the token reads it, or without one who asks from this machine itself."""

from collections.abc import Iterator
from inspect import getdoc

from flask import Response, current_app

import musicapp
from musicapp.errors import NotFound
from musicapp.metrics import text
from musicapp.metrics.counting import RequestCounts
from musicapp.numbers.asking import all_numbers
from musicapp.numbers.points import SiteNumber
from musicapp.numbers.reading import numbers_now
from musicapp.site import plugin
from musicapp.site.watchers import is_watcher


@plugin.get("/metrics", permission="public")
def metrics() -> Response:
    """Requests of all processes, and the site's numbers as they are now."""
    if not is_watcher():
        raise NotFound("There is nothing here.")
    response = Response("".join(lines()), content_type=text.CONTENT_TYPE)
    response.headers["Cache-Control"] = "no-store"
    return response


def lines() -> Iterator[str]:
    yield from text.metric("musicapp_info", "gauge", "The version.", [({"version": musicapp.__version__}, 1)])
    present = numbers_now()
    for number in all_numbers():
        if number.name in present:
            yield from text.metric(metric_name(number), "gauge", words(number), [({}, present[number.name])])
    counts: RequestCounts = current_app.extensions["request_counts"]
    found = counts.of_all_processes()
    if found is None:
        yield "# Requests are counted over all processes in Redis, which cannot be asked now.\n"
    else:
        yield from text.requests(found)


def metric_name(number: SiteNumber) -> str:
    """catalog.plays, a sum → musicapp_catalog_plays_today; site.disk_free, bytes → musicapp_site_disk_free_bytes."""
    unit = f"_{number.unit}" if number.unit else ""
    return f"musicapp_{number.name.replace('.', '_')}{unit}{'_today' if number.kind == 'sum' else ''}"


def words(number: SiteNumber) -> str:
    """What a number is, as its function says."""
    return " ".join((getdoc(number.call) or number.title).partition("\n\n")[0].split())
