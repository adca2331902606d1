"""Comments as JSON, the same in every plugin whose things are talked about: what is sent, and what is answered."""

from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import Field

from musicapp.api import Body, PageQuery
from musicapp.routing import LARGEST_ID
from plugins.catalog.services.comments.rows import CommentRow, Thread
from plugins.catalog.services.comments.saying import LONGEST

Id = Annotated[int, Field(ge=1, le=LARGEST_ID)]
Shape = dict[str, Any]


class CommentsQuery(PageQuery):
    """Which comments, and in which order."""

    limit: int = Field(20, ge=1, le=100, description="Comments in one page; the first 10 replies come with each.")
    sort: Literal["newest", "moment"] = Field(
        "newest", description="`moment`: along the song, only those that speak of a moment."
    )


class EditedBody(Body):
    """The words of a comment."""

    text: str = Field(min_length=1, max_length=LONGEST)
    mentions: list[Id] = Field([], max_length=100, description="Who is meant by `@Name`, where several bear that name.")


class CommentBody(EditedBody):
    """A new comment."""

    at_s: float | None = Field(None, ge=0, allow_inf_nan=False, description="The second of the song it speaks of.")
    reply_to: Id | None = Field(None, description="The comment that it answers, on the same subject.")


def comment_shape(row: CommentRow) -> Shape:
    """A comment; `author` and `text` are null where only its place is left."""
    return {
        "id": row.id,
        "subject": {"kind": row.subject_kind, "id": row.subject_id},
        "reply_to": row.parent_id,
        "state": row.state,
        "author": {"id": row.author_id, "name": row.author_name} if row.author_id else None,
        "by_owner": row.by_owner,
        "text": row.text or None,
        "mentions": [{"id": person_id, "name": name} for person_id, name in row.mentioned],
        "at_s": row.at_s,
        "created_at": row.created_at.isoformat(),
        "edited_at": moment_or_none(row.edited_at),
        "may": {"edit": row.may_edit, "delete": row.may_delete},
    }


def thread_shape(thread: Thread) -> Shape:
    """A comment with its first replies."""
    replies = [comment_shape(reply) for reply in thread.replies]
    return {**comment_shape(thread.comment), "replies_count": thread.replies_count, "replies": replies}


def moment_or_none(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None
