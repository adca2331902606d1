"""What is said about something: all of it on one page, which other pages hold in a frame, and one conversation."""

from functools import partial
from typing import Any, Literal

from flask import render_template, request, session, url_for

from musicapp.errors import NotFound
from musicapp.paging import Page
from musicapp.security import signed_in
from plugins.catalog import plugin, services
from plugins.catalog.forms import CommentForm
from plugins.catalog.moments import ago
from plugins.catalog.plain_text import linked
from plugins.catalog.services import Subject
from plugins.catalog.services.comments import (
    CommentRow,
    Thread,
    comment_of,
    comments_of,
    find_commented,
    replies_to,
    thread_of,
)
from plugins.catalog.views.asked import cursor_asked, sort_asked

SORTS = {"newest": "Newest", "moment": "Along the song"}
OWNERS = {"song": "Artist", "album": "Artist"}
THREADS = 20
REPLIES = 50


@plugin.get("/comments/<kind>/<int:subject_id>", permission="listen")
def comments(kind: str, subject_id: int) -> str:
    """What is said about a song, an album, or what another plugin lets be talked about."""
    return comments_page(find_commented(signed_in(), kind, subject_id), CommentForm(formdata=None))


@plugin.get("/comments/<int:comment_id>", permission="listen")
def thread(comment_id: int) -> str:
    """One conversation, by the number of the comment that began it or of a reply."""
    person = signed_in()
    deleted = comment_just_deleted(comment_id)
    try:
        subject, found = thread_of(person, comment_id)
    except NotFound:
        if deleted is None:
            raise
        return gone_page(services.find_subject(person, deleted["kind"], deleted["subject_id"]), deleted)
    return thread_page(subject, found, comment_id, deleted=deleted)


def comments_page(subject: Subject, form: CommentForm) -> str:
    """All that is said about something, below the form of who is signed in."""
    sorts = SORTS if subject.duration_s is not None else {}
    sort = sort_asked(sorts or SORTS, "newest")
    cursor = cursor_asked() if request.method == "GET" else None
    along: Literal["newest", "moment"] = "moment" if sort == "moment" else "newest"
    page = comments_of(signed_in(), subject, sort=along, limit=THREADS, cursor=cursor)
    here = partial(url_for, ".comments", kind=subject.kind, subject_id=subject.id)
    choices = [(words, here(sort=name), name == sort, None) for name, words in sorts.items()]
    return talk_page(
        "comments.html",
        subject,
        form=form,
        threads=page.rows,
        choices=choices,
        more=here(sort=sort, cursor=page.next) if page.next else "",
        next=page.next,
        next_of=cursor,
        said_id=request.args.get("said", type=int),
    )


def thread_page(subject: Subject, found: Thread, comment_id: int, **values: Any) -> str:
    """One conversation; `answers` or `edits` names the comment whose form is open."""
    person = signed_in()
    cursor = cursor_asked() if request.method == "GET" else None
    page: Page[CommentRow] = replies_to(person, subject, found.comment.id, limit=REPLIES, cursor=cursor)
    shown = {found.comment.id, *(reply.id for reply in page.rows)}
    apart = None if comment_id in shown or cursor else comment_of(person, comment_id)[1]
    more = url_for(".thread", comment_id=found.comment.id, cursor=page.next) if page.next else ""
    return talk_page(
        "thread.html",
        subject,
        thread=found,
        replies=page.rows,
        apart=apart,
        said_id=None if "form" in values else comment_id,
        more=more,
        next=page.next,
        next_of=cursor,
        **values,
    )


def gone_page(subject: Subject, deleted: dict[str, Any]) -> str:
    """What is left of a conversation whose only comment was deleted just now: the way back."""
    return talk_page("thread.html", subject, thread=None, deleted=deleted)


def talk_page(template: str, subject: Subject, **values: Any) -> str:
    """A page about what is said, with the words for times and for whom the subject belongs to."""
    return render_template(
        f"catalog/{template}",
        subject=subject,
        owner=OWNERS.get(subject.kind, "Owner"),
        is_open=services.limits().comments_in_ten_minutes > 0,
        linked=linked,
        ago=ago,
        **values,
    )


def comment_just_deleted(comment_id: int) -> dict[str, Any] | None:
    """What the request before deleted of this conversation, once."""
    deleted: dict[str, Any] | None = session.get("catalog_deleted_comment")
    if deleted is None or comment_id not in (deleted["comment_id"], deleted["thread_id"]):
        return None
    del session["catalog_deleted_comment"]
    return deleted
