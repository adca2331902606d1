"""Which rows a list is of, and how its statements are asked: built each time, or compiled once under a name."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa

from musicapp.database import session
from musicapp.prepared import prepared


@dataclass(frozen=True)
class Choice:
    """The rows of a table that `query` chooses.

    With a `name`, which must say all that makes one statement other than another, each is compiled once. Then what
    changes from one time to the next stands in the query as a named parameter, and in `values`.
    """

    query: Callable[[], sa.Select[Any]]
    name: tuple[Any, ...] = ()
    values: Mapping[str, Any] = field(default_factory=dict)

    def rows(
        self, part: tuple[Any, ...], build: Callable[[], sa.Select[Any]], values: Mapping[str, Any]
    ) -> Sequence[Any]:
        """The rows of a statement made of this query; `part` tells it from others of the same list."""
        given = {**self.values, **values}
        if self.name:
            return prepared((*self.name, *part), build).rows(given)
        return session().execute(build(), given).all()
