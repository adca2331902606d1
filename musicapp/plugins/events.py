"""Events: what happened, told after the commit to whoever listens. One that raises costs only itself."""

import dataclasses
import logging
import typing
from collections.abc import Callable
from datetime import date, datetime
from functools import partial
from typing import Any

from pydantic import TypeAdapter

from musicapp.database import after_commit, writing
from musicapp.plugins.declared import Listener
from musicapp.plugins.site import current_site

log = logging.getLogger(__name__)


def emit(event: object) -> None:
    """Tell the listeners of `event`: plain ones after the commit, durable ones by a job in this very commit."""
    listeners = current_site().listeners.get(type(event), [])
    durable = [listener for listener in listeners if listener.durable]
    if durable:
        with writing():
            for listener in durable:
                current_site().enqueue(listener.kind, to_payload(event))
    for listener in listeners:
        if not listener.durable:
            after_commit(partial(tell, listener, event))


def tell(listener: Listener, event: object) -> None:
    try:
        listener.function(event)
    except Exception:
        log.exception("%s of %s failed on %r.", listener.function.__name__, listener.plugin, event)


def deliver(listener: Listener) -> Callable[..., None]:
    """The job that a durable listener becomes: it runs inside the commit that marks the job done, so exactly once."""

    def run(job: Any, **payload: Any) -> None:
        event = from_payload(listener.event, payload)
        with job.finish():
            listener.function(event)

    return run


def to_payload(event: object) -> dict[str, Any]:
    """The event's fields as JSON can carry them."""
    if not dataclasses.is_dataclass(event) or isinstance(event, type):
        raise TypeError(f"{event!r} is no event (a frozen dataclass).")
    return {
        field.name: value.isoformat() if isinstance(value := getattr(event, field.name), datetime | date) else value
        for field in dataclasses.fields(event)
    }


def from_payload(kind: type, payload: dict[str, Any]) -> object:
    hints = typing.get_type_hints(kind)
    return kind(**{name: TypeAdapter(hints[name]).validate_python(value) for name, value in payload.items()})
