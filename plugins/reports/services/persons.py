"""Who reads reports and moves sheets: the one who is signed in, or an account that a job looked up."""

from typing import Protocol


class Person(Protocol):
    """Somebody, as far as services ask about them."""

    @property
    def id(self) -> int: ...

    @property
    def role_names(self) -> frozenset[str]: ...
