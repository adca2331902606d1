"""A subject of which answers are kept: until something of it changes, and never longer than its time."""

import secrets
from collections.abc import Callable
from contextlib import suppress
from functools import lru_cache
from typing import Any, TypeVar, cast

from flask_caching.backends import NullCache
from pydantic import ConfigDict, TypeAdapter, ValidationError

from musicapp.database import session
from musicapp.extensions import cache

T = TypeVar("T")
GENERATION_S = 30 * 24 * 60 * 60


class Kept:
    """Answers about one subject, each under a key that names all that it depends on, the reader's rights included.

    An answer is good for as long as its subject is in the generation in which it was asked for. `forget()` begins a
    new one; call it when something of the subject has changed, after the commit. `seconds` is the longest that a
    change can stay unseen when Redis was away in that very moment.
    """

    def __init__(self, subject: str, *, seconds: int = 60) -> None:
        self.subject = subject
        self.seconds = seconds
        self.owes_forgetting = False

    def remember(self, kind: type[T], key: str, make: Callable[[], T]) -> T:
        """The kept answer, or the one that `make` gives now; `kind` is its type, which must be one that JSON can carry.

        Inside `with writing():` nothing is kept, since what is read there may never be committed.
        """
        if not is_anywhere() or session().unit is not None:
            return make()
        if self.owes_forgetting:
            self.forget()
        hint: Any = kind
        of_subject, of_answer = f"{self.subject}:generation", f"{self.subject}:{key}"
        generation, entry = cache.get_many(of_subject, of_answer)
        if generation is None:
            generation = self.forget()
        elif isinstance(entry, list) and entry[0] == generation:
            with suppress(ValidationError):  # before an upgrade its record was another
                return cast(T, adapter_of(hint).validate_python(entry[1])[0])
        if generation is None:
            return make()
        session().rollback()  # what is read now must be no older than the generation
        answer = make()
        cache.set(of_answer, [generation, adapter_of(hint).dump_python([answer], mode="json")], timeout=self.seconds)
        return answer

    def forget(self) -> str | None:
        """Begin a new generation, so that nothing kept is given out again; None when Redis could not be told yet."""
        generation = secrets.token_hex(8)
        told = cache.set(f"{self.subject}:generation", generation, timeout=GENERATION_S)
        self.owes_forgetting = is_anywhere() and not told
        return generation if told else None


def is_anywhere() -> bool:
    """Whether there is a place to keep things; without a Redis there is none."""
    return not isinstance(cache.cache, NullCache)


@lru_cache(maxsize=64)
def adapter_of(kind: Any) -> TypeAdapter[list[Any]]:
    """How one answer of this type becomes JSON and comes back."""
    return TypeAdapter(list[kind], config=ConfigDict(ser_json_bytes="base64", val_json_bytes="base64"))
