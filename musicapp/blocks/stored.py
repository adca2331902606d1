"""Documents as JSON, for a column of a table or an answer of the API, and back again."""

import logging
from collections.abc import Sequence
from typing import Any, get_args

from pydantic import TypeAdapter

from musicapp.blocks.shapes import Block, Section

log = logging.getLogger(__name__)

KINDS: dict[str, TypeAdapter[Any]] = {shape.__name__.lower(): TypeAdapter(shape) for shape in get_args(Block)}


def kind_of(block: Block) -> str:
    """The name of a block's shape in small letters, such as `headline`."""
    return type(block).__name__.lower()


def as_json(sections: Sequence[Section]) -> list[dict[str, Any]]:
    """Plain lists and dicts, each block with its `kind`; days are written as 2026-11-30."""
    return [
        {
            "heading": section.heading,
            "blocks": [written(block) for block in section.blocks],
        }
        for section in sections
    ]


def from_json(raw: Sequence[dict[str, Any]]) -> list[Section]:
    """The sections again; a kind that this version does not know is left out, and the log says so.

    Raises pydantic's ValidationError for a block that lacks what its kind must have.
    """
    return [Section(one["heading"], [read(block) for block in one["blocks"] if is_known(block["kind"])]) for one in raw]


def is_known(kind: str) -> bool:
    if kind not in KINDS:
        log.warning("There is no block “%s”; it is left out.", kind)
    return kind in KINDS


def written(block: Block) -> dict[str, Any]:
    kind = kind_of(block)
    return {"kind": kind, **KINDS[kind].dump_python(block, mode="json")}


def read(raw: dict[str, Any]) -> Block:
    block: Block = KINDS[raw["kind"]].validate_python(raw)
    return block
