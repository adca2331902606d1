"""What all templates may use, read where it stands."""

from collections.abc import MutableMapping
from types import MappingProxyType
from typing import Any, cast

from flask.templating import Environment


class SharedGlobals(Environment):
    """Gives each template the globals of the site themselves, to read, where it has none of its own.

    Jinja lays an empty dictionary over them for each, and goes through the keys of both in Python whenever a template
    imports macros: that was a fifth of what a page cost.
    """

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """The globals of a template that brings `d`."""
        return super().make_globals(d) if d else cast(MutableMapping[str, Any], MappingProxyType(self.globals))
