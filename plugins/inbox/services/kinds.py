"""Kinds of alerts: what plugins contribute to `inbox.kind` and `inbox.kinds`, and which of them concern somebody."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from musicapp.blocks.shapes import Section
from musicapp.plugins.problems import did_you_mean
from musicapp.plugins.slots import contained, contributions
from plugins.auth.services import Person


@dataclass
class AlertKind:
    """What a contribution brings: whom the kind concerns at all, its name, and what people read of it.

    `email` says, now or whenever it is called, whether it is mailed to who never chose; `always`, that nobody turns it
    off. `letter` writes mails that are more than the alert's sentence: of a person's id and the alert's key, the
    subject and the sections (None: no longer wanted). A kind that is no `page` is never in the inbox, only mailed.
    `because` ends the sentence by which the mails of a kind that nobody turns off say why they come.
    """

    call: Callable[[Person], bool]
    name: str
    title: str
    words: str = ""
    email: bool | Callable[[], bool] = False
    always: bool = False
    letter: Callable[[int, str], tuple[str, list[Section]] | None] | None = None
    page: bool = True
    because: str = "it is about the safety of your account"

    @property
    def mailed_unasked(self) -> bool:
        """Whether it is mailed to who never chose, as things are now."""
        return self.email() if callable(self.email) else self.email

    @property
    def channels(self) -> tuple[str, ...]:
        """By which ways people can be told of it, on a site that has mail."""
        return ("page", "email") if self.page else ("email",)


@dataclass
class AlertKinds:
    """Kinds that a plugin knows only when the site runs, such as one for each that others contribute to it."""

    call: Callable[[], list[AlertKind]]
    name: str


def all_kinds() -> list[AlertKind]:
    """Every kind of the running plugins."""
    answers = [contained("inbox", more.name, more.call) or [] for more in contributions("inbox.kinds")]
    return [*contributions("inbox.kind"), *(kind for kinds in answers for kind in kinds)]


def kind_of_alert(name: str) -> AlertKind:
    """What was contributed under this name; raises LookupError."""
    kinds: dict[str, AlertKind] = {kind.name: kind for kind in all_kinds()}
    if name not in kinds:
        raise LookupError(f"No kind of alert is named “{name}”.{did_you_mean(name, kinds)}")
    return kinds[name]


def kinds_for(person: Person) -> list[AlertKind]:
    """The kinds that concern somebody, those that nobody turns off last."""
    kinds = [kind for kind in all_kinds() if contained("inbox", kind.name, partial(kind.call, person))]
    return sorted(kinds, key=lambda kind: (kind.always, kind.title))
