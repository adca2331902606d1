"""Claims about the menu of those who run a site, which plugins fill together."""

import re
from collections.abc import Callable
from pathlib import Path

from flask import Flask

from tests.musicapp.plugins.in_a_folder import write_plugin

PAGE = """
        @plugin.get("{path}", permission="public", endpoint="{name}")
        def {name}():
            from flask import render_template_string
            return render_template_string(
                '{{% extends "base.html" %}}{{% block within %}}{within}{{% endblock %}}'
                '{{% block content %}}{{{{ ui.admin_sections(within) }}}}{{% endblock %}}'
            )
"""


def links(page: str, label: str) -> list[tuple[str, str, str]]:
    """Of each link of the <nav> with this label: what marks it as the present one, its words, and its number."""
    found = re.search(rf'<nav class="sections[^"]*" aria-label="{label}">(.*?)</nav>', page, re.S)
    assert found, page
    link = r'<a href="[^"]*"(?: aria-current="(\w+)")?>([^<]*?)(?: <span class="num">(\d+)</span>)?</a>'
    return re.findall(link, found[1])


def test_pages_of_several_plugins_stand_in_one_group_and_the_others_under_system(
    start: Callable[..., Flask], folder: Path
) -> None:
    for name, entries in {
        "bees": 'plugin.nav("Hives", ".one", place="admin", group="Garden", count=lambda: 3)',
        "nests": 'plugin.nav("Tools", ".one", place="admin")\n'
        '        plugin.nav("Nests", ".two", place="admin", group="Garden", count=lambda: 4)',
    }.items():
        pages = (PAGE.format(path=path, name=called, within="") for path, called in (("/", "one"), ("/two", "two")))
        below = PAGE.format(path="/two/below", name="below", within=f"/{name}/two")
        write_plugin(folder, name, f"\n        {entries}\n{''.join(pages)}{below}")
    visitor = start("bees", "nests").test_client()

    hives = visitor.get("/bees/").text
    assert links(hives, "This site") == [("page", "Garden", "7"), ("", "System", "")], "the number is of both"
    assert links(hives, "Garden") == [("page", "Hives", "3"), ("", "Nests", "4")]
    assert '<span>Garden</span><span class="count">7</span>' in hives, "at the side, too"

    below = visitor.get("/nests/two/below").text
    assert links(below, "This site") == [("true", "Garden", "7"), ("", "System", "")]
    assert links(below, "Garden") == [("", "Hives", "3"), ("true", "Nests", "4")]
    for place in ('<a class="go"', r'<div class="menu-body">\s*<a'):
        assert re.search(f'{place} href="/bees/" aria-current="true">', below), "at the side and under “More”, too"

    tools = visitor.get("/nests/").text
    assert links(tools, "This site") == [("", "Garden", "7"), ("page", "System", "")]
    assert 'aria-label="System"' not in tools, "one page needs no row of its own"
