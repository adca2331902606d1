"""Kinds of alerts: what plugins contribute to `inbox.kind`, and which of them concern somebody."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from musicapp.plugins.problems import did_you_mean
from musicapp.plugins.slots import contained, contributions
from plugins.auth.services import Person


@dataclass
class AlertKind:
    """What a contribution brings: whom the kind concerns at all, its name, and what people read of it.

    `email` says whether it is mailed to who never chose; `always`, that nobody turns it off.
    """

    call: Callable[[Person], bool]
    name: str
    title: str
    words: str = ""
    email: bool = False
    always: bool = False


def kind_of_alert(name: str) -> AlertKind:
    """What was contributed under this name; raises LookupError."""
    kinds: dict[str, AlertKind] = {kind.name: kind for kind in contributions("inbox.kind")}
    if name not in kinds:
        raise LookupError(f"No kind of alert is named “{name}”.{did_you_mean(name, kinds)}")
    return kinds[name]


def kinds_for(person: Person) -> list[AlertKind]:
    """The kinds that concern somebody, those that nobody turns off last."""
    kinds = [kind for kind in contributions("inbox.kind") if contained("inbox", kind.name, partial(kind.call, person))]
    return sorted(kinds, key=lambda kind: (kind.always, kind.title))
