"""What plugins do while their rows are moved to another database."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa


@dataclass
class AroundMove:
    """What a contribution to `site.move` brings: `(connection)` answers a context that is entered when the tables stand
    empty in the other database, and left when all rows are in them, in the same transaction.

    So an index that triggers keep is away meanwhile and made once of all rows, and a sequence is set. `name` begins
    with the plugin's; where a site has none of its tables, nothing is called.
    """

    call: Callable[[sa.Connection], AbstractContextManager[Any]]
    name: str

    def __post_init__(self) -> None:
        if not self.name.partition(".")[2]:
            raise ValueError(f"“{self.name}” must be the plugin's name, a dot and a word")

    @property
    def owner(self) -> str:
        """The plugin that gives it."""
        return self.name.partition(".")[0]
