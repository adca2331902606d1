"""Every address that a running site answers, and what stands behind it for somebody."""

import http.client
import json
from collections.abc import Iterator
from itertools import product

from flask import Flask
from werkzeug.routing import BuildError, Rule

from tests.plugins.catalog.marked import MARKERS, Marked

FORMATS = ("m3u8", "xspf", "jspf")
MIXES = ("unheard", "popular", "new")
# What is no answer of the site's own: files that ship with it, and the pages of its documentation.
SHIPPED = ("static", "site.plugin_static", "site.bundle", "site.api_docs", "site.openapi", "site.components")
ASKED = {
    "site.search": ["q=quartzm", "q=halcyo", "q=umbra", "q=opalrid"],
    "site.search_results": ["q=quartzmot", "q=halcy", "q=umbr", "q=opalri"],
    "catalog.api.search": ["q=quartzm", "q=quartzmot", "q=halc", "q=umbr", "q=opal", "q=a+line+of"],
    "catalog.songs": ["", "sort=popular", "sort=title", "genre=1", "year=1987", "artist=1"],
    "catalog.albums": ["", "sort=popular", "artist=1", "genre=1"],
    "catalog.api.songs": ["", "sort=popular", "sort=title", "sort=random", "genre=1"],
    "catalog.api.albums": ["", "sort=popular", "sort=title"],
    "catalog.artists": ["", "sort=popular", "sort=newest"],
    "catalog.api.artists": ["", "sort=popular"],
    "catalog.favourites": ["", "kind=album", "kind=artist"],
    "catalog.api.favourites": ["", "kind=album", "kind=artist"],
    "catalog.statistics": ["", "period=7d", "period=all"],
    "catalog.history": ["", "q=quartzm"],
}


def addresses(app: Flask, marked: Marked) -> dict[str, bool]:
    """The addresses of all routes that are read, filled with what is known; whether each names something marked."""
    builder = app.url_map.bind("localhost")
    found: dict[str, bool] = {}
    for rule in app.url_map.iter_rules():
        if "GET" not in (rule.methods or ()) or rule.endpoint in SHIPPED:
            continue
        for values, names_marked in fillings(rule, marked):
            try:
                path = builder.build(rule.endpoint, values)
            except BuildError:
                continue
            for query in ASKED.get(rule.endpoint, [""]):
                found[f"{path}{'&' if '?' in path else '?'}{query}" if query else path] = names_marked
    return found


def fillings(rule: Rule, marked: Marked) -> Iterator[tuple[dict[str, object], bool]]:
    """The values for the parts of a route, and whether they name something marked."""
    arguments = sorted(set(rule.arguments) - set(rule.defaults or ()))
    second = "subject_id" if "subject_id" in arguments else "seed_id"
    if {"kind", second} <= {*arguments}:
        for ids, names_marked in ((marked.ids, True), (marked.beside, False)):
            yield from (({"kind": kind, second: one}, names_marked) for kind in ids for one in ids[kind])
        return
    choices = [choice(name, rule.endpoint, marked) for name in arguments]
    for chosen in product(*choices):
        values = dict(zip(arguments, chosen, strict=True))
        named = [value for name, value in values.items() if value in marked.ids.get(name.removesuffix("_id"), ())]
        yield values, bool(named) or values.get("secret") in marked.secrets


def choice(name: str, endpoint: str, marked: Marked) -> list[object]:
    kind = name.removesuffix("_id")
    if kind in marked.ids:
        return [*marked.ids[kind], *marked.beside.get(kind, [])]
    if name == "secret":
        return list(marked.secrets) if endpoint == "catalog.open_share_link" else ["unknown"]
    if name == "name" and "playlist" in endpoint:
        return ["Opalridge", "Mine"]
    known: dict[str, list[object]] = {
        "size": [96],
        "format_name": list(FORMATS),
        "kind": list(MIXES),
        "alert_id": list(marked.alerts),
        "year": [1987],
        "state": ["done"],
        "format": ["csv"],
    }
    return known.get(name, [1])


class Reader:
    """Somebody who reads a site over the network, with or without a token, and remembers each answer's ETag."""

    def __init__(self, port: int, headers: dict[str, str]) -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        self.headers = headers
        self.tags: dict[str, str] = {}

    def finds(self, address: str, names_marked: bool) -> str:
        """What of the marked things stands behind an address: the markers, or `200` for one that names something
        marked and answers; "" for nothing."""
        headers = self.headers | ({"If-None-Match": self.tags[address]} if address in self.tags else {})
        self.connection.request("GET", address, headers=headers)
        answer = self.connection.getresponse()
        content = answer.read().decode("utf-8", "replace").lower()
        kept = answer.getheader("Cache-Control", "")
        assert answer.status < 500, f"{address}: {answer.status} {content[:300]}"
        if tag := answer.getheader("ETag"):
            self.tags[address] = tag
        said = [marker for marker in MARKERS if marker in content]
        if said or (names_marked and answer.status in (200, 206, 304)):
            assert "public" not in kept, f"{address} may be kept by anybody: {kept}"
            return ", ".join(said) or str(answer.status)
        return ""

    def walk(self, places: dict[str, bool]) -> dict[str, str]:
        """The addresses behind which something marked stands, and what."""
        found = {address: self.finds(address, names_marked) for address, names_marked in places.items()}
        return {address: what for address, what in found.items() if what}


def spelt(found: dict[str, dict[str, str]]) -> str:
    return json.dumps(found, indent=1, ensure_ascii=False)
