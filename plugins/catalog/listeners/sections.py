"""How music contributes its parts of reports: each is asked for many readers at once, and so for one as well."""

from collections.abc import Callable, Mapping, Sequence

from musicapp.blocks import Block
from musicapp.spans import Readers, for_one
from plugins.catalog import plugin

ForMany = Callable[[Readers], Mapping[tuple[int, int], Sequence[Block]]]


def contribute(audience: str, order: int, name: str, heading: str, for_many: ForMany) -> None:
    """Contribute a part of the reports of an audience, at its place in their order."""
    contributes = plugin.contributes(
        "reports.section", name=f"catalog.{name}", audience=audience, heading=heading, order=order, for_many=for_many
    )
    contributes(for_one(for_many))
