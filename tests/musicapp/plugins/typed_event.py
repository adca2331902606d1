"""An event with every type that a payload must bring back."""

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True)
class Released:
    """Something came out."""

    album_id: int
    at: datetime
    on: date
    by: str | None
