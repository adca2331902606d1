"""Writing comments, answering them, and changing one's words for a quarter of an hour."""

import re
from collections.abc import Collection
from datetime import datetime, timedelta
from math import isfinite
from typing import NoReturn

import sqlalchemy as sa

from musicapp.clock import now
from musicapp.database import session, writing
from musicapp.errors import Forbidden, Invalid, NotFound, TooOften
from musicapp.plugins import emit
from plugins.catalog.events import CommentAdded, CommentEdited
from plugins.catalog.models import Comment, Mention
from plugins.catalog.services.comments.people import mentions_in, people_here
from plugins.catalog.services.comments.reading import NOT_HERE, comment_of, find_commented
from plugins.catalog.services.comments.rows import EDITABLE, CommentRow
from plugins.catalog.services.comments.telling import tell_of_comment, tell_of_mention
from plugins.catalog.services.inserting import one_at_a_time
from plugins.catalog.services.limits import limits
from plugins.catalog.services.persons import Person
from plugins.catalog.services.subjects import Subject, find_subject
from plugins.catalog.services.words import known_id, text_of

LONGEST = 2_000
WINDOW = timedelta(minutes=10)
SWITCHED_OFF = "Nobody writes comments on this site at present."
TOO_LATE = "A comment can be changed for 15 minutes. You can delete it and write another."
MANY_EMPTY_LINES = re.compile(r"\n[ \t]*(?:\n[ \t]*){2,}")


def add_comment(
    person: Person,
    kind: str,
    subject_id: int,
    text: str,
    *,
    at_s: float | None = None,
    reply_to: int | None = None,
    mentioned: Collection[int] = (),
) -> int:
    """Write about a subject that one may see, or answer a comment on it; the id of the new comment.

    `at_s` is the moment of a song, `mentioned` the people who were chosen for names in the text. Raises Invalid,
    NotFound and TooOften.
    """
    words = comment_text(text)
    subject = find_commented(person, kind, subject_id)
    if reply_to is not None and at_s is not None:
        refuse("at_s", "A reply speaks of the moment of the comment above it.")
    moment = moment_in(subject, at_s)
    with writing() as unit:
        refuse_haste(person)
        answered = None if reply_to is None else comment_to_answer(subject, reply_to)
        comment = Comment(subject_kind=kind, subject_id=subject_id, author_id=person.id, text=words, at_s=moment)
        comment.parent_id = (answered.parent_id or answered.id) if answered else None
        unit.add(comment)
        unit.flush()
        named = name_people(person, subject, comment, mentioned)
        answered_id = answered.author_id if answered else None
        tell_of_comment(person, subject, comment, answered_id=answered_id, mentioned=named)
        emit(CommentAdded(comment.id, kind, subject_id, person.id, reply_to, tuple(named)))
    return comment.id


def edit_comment(person: Person, comment_id: int, text: str, *, mentioned: Collection[int] = ()) -> Comment:
    """Change the words of one's own comment; who is named now and was not before is told. Raises Forbidden when it is
    another's, hidden, or older than a quarter of an hour."""
    words = comment_text(text)
    with writing() as unit:
        comment = comment_to_change(comment_id)
        subject = find_subject(person, comment.subject_kind, comment.subject_id)
        refuse_to_change(person, comment.author_id, comment.created_at, hidden=comment.hidden_at is not None)
        if comment.text == words:
            return comment
        comment.text, comment.edited_at = words, now()
        before = set(unit.scalars(sa.select(Mention.user_id).where(Mention.comment_id == comment.id)))
        unit.execute(sa.delete(Mention).where(Mention.comment_id == comment.id))
        named = name_people(person, subject, comment, {*mentioned, *before})
        tell_of_mention(person, subject, comment, set(named) - before)
        emit(CommentEdited(comment.id, comment.subject_kind, comment.subject_id, person.id, tuple(named)))
    return comment


def comment_to_edit(person: Person, comment_id: int) -> CommentRow:
    """A comment that somebody may change the words of now; raises Forbidden as `edit_comment` does."""
    _, comment = comment_of(person, comment_id)
    refuse_to_change(person, comment.author_id, comment.created_at, hidden=comment.state == "hidden")
    return comment


def refuse_to_change(person: Person, author_id: int | None, created_at: datetime, *, hidden: bool) -> None:
    """Raise Forbidden, with the reason, when somebody may not change the words of a comment."""
    if author_id != person.id:
        raise Forbidden("Only who wrote a comment can change it.")
    if hidden:
        raise Forbidden("Moderators have hidden this comment, so it cannot be changed.")
    if created_at < now() - EDITABLE:
        raise Forbidden(TOO_LATE)


def comment_text(raw: str) -> str:
    """The words of a comment, clean; raises Invalid when there are none, or too many."""
    words = MANY_EMPTY_LINES.sub("\n\n", text_of(raw, len(raw)))
    if not words:
        refuse("text", "Write something.")
    if len(words) > LONGEST:
        refuse("text", f"A comment has at most {LONGEST:,} characters.")
    return words


def moment_in(subject: Subject, at_s: float | None) -> float | None:
    """A moment of what can be heard, to a tenth of a second; raises Invalid where there is no such moment."""
    if at_s is None:
        return None
    if subject.duration_s is None:
        refuse("at_s", "Only comments on songs speak of a moment.")
    if not isfinite(at_s) or not 0 <= at_s <= subject.duration_s:
        minutes, seconds = divmod(int(subject.duration_s), 60)
        refuse("at_s", f"The song lasts {minutes}:{seconds:02}; the moment must lie within it.")
    return round(float(at_s), 1)


def refuse(field: str, sentence: str) -> NoReturn:
    """Say what is wrong with one of the things that were sent."""
    raise Invalid(sentence, {field: [sentence]})


def refuse_haste(person: Person) -> None:
    """Refuse who wrote too many comments within ten minutes; deleted ones count too."""
    most = limits().comments_in_ten_minutes
    if not most:
        raise Forbidden(SWITCHED_OFF)
    one_at_a_time(f"comments of {person.id}")
    recent = sa.select(Comment.created_at).where(Comment.author_id == person.id)
    written = session().scalars(recent.order_by(Comment.id.desc()).limit(most)).all()
    if len(written) == most and (free_at := written[-1] + WINDOW) > now():
        wait_s = int((free_at - now()).total_seconds()) + 1
        minutes = -(-wait_s // 60)
        raise TooOften(f"Those were many comments. Write the next one in {minutes} min.", retry_after_s=wait_s)


def comment_to_answer(subject: Subject, comment_id: int) -> Comment:
    """The comment that is answered, which must be about the same subject; raises NotFound."""
    comment = comment_to_change(comment_id)
    if (comment.subject_kind, comment.subject_id) != (subject.kind, subject.id) or comment.hidden_at is not None:
        raise NotFound(NOT_HERE)
    return comment


def comment_to_change(comment_id: int) -> Comment:
    """A comment that is not deleted, locked until the end of this unit of work; raises NotFound."""
    chosen = sa.select(Comment).where(Comment.id == known_id(comment_id, NOT_HERE), Comment.deleted_at.is_(None))
    comment = session().scalars(chosen.with_for_update(key_share=True)).one_or_none()
    if comment is None:
        raise NotFound(NOT_HERE)
    return comment


def name_people(person: Person, subject: Subject, comment: Comment, chosen: Collection[int]) -> list[int]:
    """Keep whom a comment names; their ids."""
    if "@" not in comment.text:
        return []
    named = mentions_in(comment.text, people_here(person, subject), chosen)
    session().add_all([Mention(comment_id=comment.id, user_id=person_id) for person_id in named])
    session().flush()
    return named
