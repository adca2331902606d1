"""A comment as evidence: its words, and what they are about."""

import sqlalchemy as sa

from musicapp.addresses import url_of
from musicapp.database import session
from musicapp.errors import NotFound
from musicapp.evidence import Evidence, Fact, facts_about
from plugins.auth import services as auth
from plugins.catalog.models import Comment
from plugins.catalog.services.moderating.evidence.parts import day_of, ended, said, state_of
from plugins.catalog.services.persons import Staff
from plugins.catalog.services.subjects import find_subject

QUOTED = 60


def comment_evidence(comment_id: int) -> Evidence | None:
    """A comment in any state with what helps to judge it; None where it is gone for good, or its words are."""
    comment = session().get(Comment, comment_id)
    if comment is None or not comment.text:
        return None
    author = auth.names_of([comment.author_id]).get(comment.author_id, "") if comment.author_id else ""
    begins = comment.text if len(comment.text) <= QUOTED else f"{comment.text[:QUOTED].rstrip()}…"
    replies = sa.select(sa.func.count()).select_from(Comment).where(Comment.parent_id == comment_id)
    facts: dict[str, Fact | None] = {
        "About": about(comment),
        "Replies": session().scalar(replies) or 0,
        "Edited": day_of(comment.edited_at),
        **ended(comment.deleted_at, comment.removed_at),
    }
    return Evidence(
        title=begins.splitlines()[0],
        url=url_of("catalog.thread", comment_id=comment_id),
        by=author,
        owner_ids=frozenset([comment.author_id] if comment.author_id else []),
        words=comment.text,
        facts={**said(facts), **facts_about("comment", comment_id)},
        state=state_of(comment.hidden_at, comment.deleted_at),
        reach=people_there(comment),
        published_at=comment.created_at,
    )


def about(comment: Comment) -> str:
    """What a comment speaks of, and which moment of it."""
    try:
        subject = find_subject(Staff(), comment.subject_kind, comment.subject_id)
    except NotFound:
        return ""
    moment = "" if comment.at_s is None else f", at {comment.at_s:g} s"
    return f"“{subject.title}”{f' by {subject.by}' if subject.by else ''}{moment}"


def people_there(comment: Comment) -> int:
    """How many people wrote about the same: those read it for certain."""
    same = sa.and_(Comment.subject_kind == comment.subject_kind, Comment.subject_id == comment.subject_id)
    return session().scalar(sa.select(sa.func.count(sa.distinct(Comment.author_id))).where(same)) or 0
