"""Who asks: what the services of moderation need to know of a person."""

from typing import Protocol


class Person(Protocol):
    """Somebody who is signed in; a visitor is None."""

    @property
    def id(self) -> int: ...

    @property
    def name(self) -> str: ...

    @property
    def role_names(self) -> frozenset[str]: ...
