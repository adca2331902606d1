"""What a plugin has said about itself, as plain records: the words of the contract fill them, the start reads them."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from pydantic import BaseModel

Function = Callable[..., Any]


@dataclass(frozen=True)
class NavEntry:
    """An entry of a menu: `place` is "main", "browse", "library", "studio", "account" or "admin".

    `count` says how much waits there; it is asked on every page of who may open it. Entries of "admin" with one `group`
    are one entry of that menu.
    """

    label: str
    endpoint: str
    permission: str
    icon: str
    place: str
    count: Callable[[], int] | None = None
    group: str = ""


@dataclass(frozen=True)
class Listener:
    """A function that wants to hear of an event; a durable one becomes a job."""

    plugin: str
    event: type
    function: Function
    durable: bool

    @property
    def kind(self) -> str:
        """The kind of job that a durable listener becomes."""
        return f"{self.plugin}.on.{self.event.__name__}.{self.function.__name__}"


@dataclass(frozen=True)
class Filling:
    """A function that gives a fragment for a slot."""

    plugin: str
    slot: str
    function: Function


@dataclass(frozen=True)
class Contribution:
    """What a plugin brings to another's point, before the owner's record is made of it."""

    plugin: str
    point: str
    function: Function
    brought: dict[str, Any]


@dataclass(frozen=True)
class JobKind:
    """A kind of job; `long` ones run in a slot of their own, so that mail and the sweep never wait for them."""

    plugin: str
    kind: str
    function: Function
    schedule: Any = None
    long: bool = False


@dataclass(frozen=True)
class Search:
    """A function that finds things of one kind for the search page: `(text, limit) -> list[Found]`."""

    plugin: str
    kind: str
    function: Function


@dataclass(frozen=True)
class Route:
    """What the routes of one endpoint declare beside Flask's own options."""

    permission: str
    max_body: int
    body: type[BaseModel] | None = None
    query: type[BaseModel] | None = None
    answer: Any = None
    summary: str = ""


@dataclass(frozen=True)
class Rule:
    """A path that a plugin serves, whole, and the methods that it takes there."""

    path: str
    endpoint: str
    methods: tuple[str, ...]


@dataclass
class Declared:
    """Everything one plugin has said."""

    rules: list[Rule] = field(default_factory=list)
    routes: dict[str, Route] = field(default_factory=dict)
    bare_endpoints: list[str] = field(default_factory=list)
    rights: dict[str, frozenset[str]] = field(default_factory=dict)
    nav: list[NavEntry] = field(default_factory=list)
    listeners: list[Listener] = field(default_factory=list)
    slots: list[str] = field(default_factory=list)
    fillings: list[Filling] = field(default_factory=list)
    points: dict[str, type] = field(default_factory=dict)
    contributions: list[Contribution] = field(default_factory=list)
    jobs: list[JobKind] = field(default_factory=list)
    searches: list[Search] = field(default_factory=list)
    health_checks: list[Function] = field(default_factory=list)
    demos: list[Function] = field(default_factory=list)
    settings: type[BaseModel] | None = None
