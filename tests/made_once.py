"""What every app of a process would make anew and the same: nearly every test makes an app of its own."""

import functools
import sys
from collections.abc import Callable
from importlib.metadata import EntryPoints, entry_points
from types import CodeType
from typing import Any

import sqlalchemy as sa
from jinja2.bccache import Bucket, BytecodeCache
from sqlalchemy.util import LRUCache

from musicapp import app as app_module
from musicapp.database import db
from musicapp.plugins import discovery
from musicapp.routing import LazyRule

MOST_COMPILED = 5_000


class CompiledTemplates(BytecodeCache):
    """Keeps what a template was compiled to."""

    def __init__(self) -> None:
        self.kept: dict[tuple[str, str], CodeType] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        bucket.code = self.kept.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        if bucket.code is not None:
            self.kept[bucket.key, bucket.checksum] = bucket.code


def parsing_once(parse: Callable[..., Any]) -> Callable[..., Any]:
    """Keeps what a rule's text was taken apart to, which it leaves in the rule beside its answer."""
    kept: dict[str, tuple[list[Any], list[Any], dict[str, Any]]] = {}

    def parse_once(rule: LazyRule, text: str) -> list[Any]:
        if text in kept:
            parts, trace, converters = kept[text]
            rule._trace += trace
            rule._converters.update(converters)
            rule.arguments.update(converters)
            return parts
        known, before = set(rule._converters), len(rule._trace)
        parts = list(parse(rule, text))
        converters = {name: converter for name, converter in rule._converters.items() if name not in known}
        kept[text] = parts, rule._trace[before:], converters
        return parts

    return parse_once


def compiling_once(make_engine: Callable[..., sa.Engine]) -> Callable[..., sa.Engine]:
    """Lets all engines of one kind of database share what statements are compiled to: it is kept for a dialect."""
    dialects: dict[str, sa.Dialect] = {}
    compiled = LRUCache(MOST_COMPILED)

    def make(*given: Any) -> sa.Engine:
        engine = make_engine(*given)
        engine.dialect = dialects.setdefault(engine.dialect.name, engine.dialect)
        engine._compiled_cache = compiled
        return engine

    return make


@functools.cache
def installed(group: str, _folders: tuple[str, ...]) -> EntryPoints:
    return entry_points(group=group)


def make_once() -> None:
    """Let all apps of this process share what does not depend on them."""
    compiled_templates = CompiledTemplates()
    app_module.KeptTemplates = lambda _folder: compiled_templates  # type: ignore[assignment,misc]
    LazyRule._parse_rule = parsing_once(LazyRule._parse_rule)  # type: ignore[method-assign]
    db._make_engine = compiling_once(db._make_engine)  # type: ignore[method-assign]
    discovery.entry_points = lambda group: installed(group, tuple(sys.path))  # type: ignore[assignment]
