"""What the API of moderation takes: reports, decisions and appeals, and which cases a list is of."""

from typing import Annotated

from pydantic import Field, StringConstraints

from musicapp.api import Body, PageQuery
from musicapp.routing import LARGEST_ID
from plugins.moderation.models import LONGEST_KIND
from plugins.moderation.services.queue import Shelf, Sort
from plugins.moderation.services.words import (
    LONGEST_REASON,
    LONGEST_SUSPENSION_DAYS,
    LONGEST_WORDS,
    Action,
    Category,
)

Kind = Annotated[str, StringConstraints(min_length=1, max_length=LONGEST_KIND)]
Reason = Annotated[str, StringConstraints(min_length=1, max_length=LONGEST_REASON)]
Id = Annotated[int, Field(ge=1, le=LARGEST_ID)]
MOST_AT_ONCE = 100


class ReportBody(Body):
    """What is wrong with a thing."""

    kind: Kind = Field(description="song, album, comment, playlist, artist, user, or what plugins add.")
    id: Id
    category: Category
    text: str = Field("", max_length=LONGEST_WORDS, description="In your words; needed for `other`.")
    at_s: float | None = Field(None, ge=0, le=86_400, description="The second of a song that is meant.")


class CasesQuery(PageQuery):
    """Which cases, for moderators; others get their own reports, whatever is asked."""

    state: Shelf = Field("waiting", description="`waiting` are those that are open, taken or appealed.")
    kind: str = Field("", max_length=LONGEST_KIND)
    category: Category | None = None
    mine: bool = Field(False, description="Only those that you have taken.")
    overdue: bool = Field(False, description="Only those that should have been answered by now.")
    sort: Sort = "weight"


class DecisionBody(Body):
    """What is decided, and why."""

    action: Action
    reason: Reason = Field(description="Whom it concerns reads this.")
    days: int | None = Field(None, ge=1, le=LONGEST_SUSPENSION_DAYS, description="Needed for `suspend`.")
    version: int | None = Field(None, description="The case's `version` that you have seen: 409 if it changed since.")


class DecisionsBody(Body):
    """What is decided about several cases alike."""

    ids: list[Id] = Field(min_length=1, max_length=MOST_AT_ONCE)
    action: Action
    reason: Reason


class ReasonBody(Body):
    """Why something is done."""

    reason: Reason


class AnswerBody(ReasonBody):
    """What is answered to an appeal."""

    upheld: bool = Field(description="Whether the decision stands; otherwise it is undone.")


class AppealBody(Body):
    """Why a decision is wrong."""

    text: str = Field(min_length=1, max_length=LONGEST_WORDS)


class FlagBody(ReasonBody):
    """Whether a thing is hidden from listeners."""

    flagged: bool
