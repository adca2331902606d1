"""What people do while their rows are moved to another database: no number of an account is given again there."""

from collections.abc import Iterator
from contextlib import contextmanager

import sqlalchemy as sa

from plugins.auth import plugin
from plugins.auth.models.leaving import pass_over_erased


@plugin.contributes("site.move", name="auth.numbers")
@contextmanager
def numbers_of_erased(connection: sa.Connection) -> Iterator[None]:
    """Once all rows are there, see to it that numbers go on behind those of erased accounts too."""
    yield
    pass_over_erased(connection)
