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

    So an index that triggers keep is away meanwhile and made once of all rows, and a sequence is set.
    """

    call: Callable[[sa.Connection], AbstractContextManager[Any]]
    name: str
