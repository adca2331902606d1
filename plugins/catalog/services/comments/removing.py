"""Taking comments away and bringing them back: by people, by moderators, and for ever."""

from datetime import timedelta

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from musicapp.appeals import kept_when_removed
from musicapp.clock import now
from musicapp.database import UNSYNCED, session, writing
from musicapp.errors import Conflict, Forbidden, NotFound
from musicapp.plugins import emit
from plugins.catalog.events import CommentDeleted, SubjectHidden, SubjectShown
from plugins.catalog.models import Comment, Mention
from plugins.catalog.services.comments.reading import NOT_HERE
from plugins.catalog.services.comments.rows import may_delete
from plugins.catalog.services.comments.saying import comment_to_change
from plugins.catalog.services.limits import limits
from plugins.catalog.services.persons import Person, sees_all
from plugins.catalog.services.subjects import find_subject
from plugins.catalog.services.words import known_id

RESTORABLE = timedelta(hours=1)
FORGOTTEN_AT_ONCE = 500


def delete_comment(person: Person, comment_id: int) -> Comment:
    """Take a comment away: one's own, one on what belongs to oneself, and as staff any. Raises Forbidden and NotFound.

    Who did it can bring it back for an hour. It keeps its place for as long as there are replies.
    """
    with writing():
        comment = comment_to_change(comment_id)
        # One's own words can be taken away wherever they stand, even where one may no longer look.
        if comment.author_id != person.id and not sees_all(person):
            subject = find_subject(person, comment.subject_kind, comment.subject_id)
            if not may_delete(person, comment.author_id, subject):
                raise Forbidden("You can delete your own comments, and those on what is yours.")
        comment.deleted_at, comment.deleted_by_id = now(), person.id
        emit(CommentDeleted(comment.id, comment.subject_kind, comment.subject_id, comment.author_id, person.id))
    return comment


def bring_back_comment(person: Person, comment_id: int) -> Comment:
    """Undo a deletion of one's own within an hour; another's is not even known of."""
    with writing() as unit:
        chosen = Comment.id == known_id(comment_id, NOT_HERE)
        query = sa.select(Comment).where(chosen, Comment.deleted_by_id == person.id, Comment.removed_at.is_(None))
        comment = unit.scalars(query.with_for_update(key_share=True)).one_or_none()
        if comment is None:
            raise NotFound(NOT_HERE)
        if comment.deleted_at is not None and comment.deleted_at < now() - RESTORABLE:
            raise Conflict("This comment was deleted more than an hour ago and cannot be brought back.")
        comment.deleted_at = comment.deleted_by_id = None
    return comment


def hide_comment(comment_id: int) -> None:
    """Let only its author and staff read a comment; who may do so, the caller decides."""
    set_hidden(comment_id, sa.func.coalesce(Comment.hidden_at, now()))


def restore_comment(comment_id: int) -> None:
    """Let everybody read a comment again that was hidden."""
    set_hidden(comment_id, None)


def set_hidden(comment_id: int, value: object) -> None:
    chosen = sa.update(Comment).where(Comment.id == known_id(comment_id, NOT_HERE))
    with writing() as unit:
        if unit.execute(chosen.values(hidden_at=value).returning(Comment.id)).one_or_none() is None:
            raise NotFound(NOT_HERE)
        emit(SubjectShown("comment", comment_id) if value is None else SubjectHidden("comment", comment_id))


def remove_comment(comment_id: int) -> None:
    """Let only staff read a comment, not even its author; who may do so, the caller decides."""
    with writing():
        comment = comment_to_judge(comment_id)
        if comment.removed_at is None:
            comment.removed_at = now()
            if comment.deleted_at is None:
                comment.deleted_at = comment.removed_at
                of = comment.subject_kind, comment.subject_id
                emit(CommentDeleted(comment.id, *of, comment.author_id, None))


def return_comment(comment_id: int) -> None:
    """Undo the removal of a comment: it is as it was, and deleted still where somebody had done that before."""
    with writing():
        comment = comment_to_judge(comment_id)
        if comment.deleted_at == comment.removed_at:
            comment.deleted_at = None
        comment.removed_at = None


def comment_to_judge(comment_id: int) -> Comment:
    """A comment in any state, locked until the end of this unit of work; raises NotFound."""
    chosen = sa.select(Comment).where(Comment.id == known_id(comment_id, NOT_HERE))
    comment = session().scalars(chosen.with_for_update(key_share=True)).one_or_none()
    if comment is None:
        raise NotFound(NOT_HERE)
    return comment


def forget_deleted() -> int:
    """Remove for ever what can no longer be brought back: the row, or where replies stand below it, its words and its
    author. How many there were, at most 500 at once."""
    before = now() - RESTORABLE
    before_appeals = now() - kept_when_removed(limits().removed_days)
    for_appeals = sa.or_(Comment.removed_at.is_(None), Comment.removed_at < before_appeals)
    with writing() as unit:
        chosen = sa.select(Comment.id).where(Comment.deleted_at < before, for_appeals, Comment.text != "")
        ids = unit.scalars(chosen.limit(FORGOTTEN_AT_ONCE).with_for_update(skip_locked=True)).all()
        emptied = sa.update(Comment).where(Comment.id.in_(ids)).values(text="", at_s=None, author_id=None)
        unit.execute(emptied, execution_options=UNSYNCED)
        unit.execute(sa.delete(Mention).where(Mention.comment_id.in_(ids)), execution_options=UNSYNCED)
        reply = aliased(Comment)
        alone = ~sa.exists().where(reply.parent_id == Comment.id).correlate(Comment)
        useless = sa.and_(Comment.deleted_at < before, Comment.text == "", alone)
        unit.execute(sa.delete(Comment).where(useless), execution_options=UNSYNCED)
    return len(ids)
