"""What plugins contribute to the accounts of people: what they hold of a person, to be taken out and to be erased."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

Content = bytes | str | Path | Iterator[bytes]
"""What a file of somebody's data holds: small things as they are, files by their path, long ones piece by piece."""


@dataclass(frozen=True)
class Question:
    """What somebody decides who deletes their account: a sentence, and the sentence of each answer by its key.

    `key` is the same every time; the first answer is the one that a page shows chosen.
    """

    key: str
    words: str
    answers: dict[str, str]


@dataclass
class PersonalData:
    """What a plugin holds of a person: `(person_id)` answers the files of it, each a name inside the ZIP and a content.

    They are asked for and written one after the other in a job, which sees the database as it was at one moment and
    cannot write; a name is `<plugin>/<what>.json` or the like. `weighs` says about how many bytes they are, for the
    bar, where that is more than a page of text.

    `tables` are those that hold a person: with a foreign key to `auth_user.id`, or their id without one. `erase` is
    called in a job before the account goes and opens its own units of work; after a failure it is called again and
    does what is left. Without it the database does everything by its foreign keys. `order` says whose turn it is, low
    first. `blocks` answers the sentences that stand in the way of deleting the account; `asks` what they decide who
    delete it, and `plugins.auth.services.answer_of(person_id, key)` is what they said. `goes` says what becomes of it
    where not everything goes.
    """

    call: Callable[[int], Iterable[tuple[str, Content]]]
    name: str
    title: str
    words: str
    tables: Sequence[str]
    blocks: Callable[[int], Sequence[str]] | None = None
    erase: Callable[[int], None] | None = None
    asks: Callable[[int], Sequence[Question]] | None = None
    weighs: Callable[[int], int] | None = None
    goes: str = ""
    order: int = field(default=50)
