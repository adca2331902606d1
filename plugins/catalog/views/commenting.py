"""Writing, answering, changing and deleting comments; all of it works with and without scripts."""

from collections.abc import Callable

from flask import Response as JsonResponse
from flask import redirect, session, url_for
from flask.typing import ResponseReturnValue
from werkzeug import Response

from musicapp.api import answer
from musicapp.errors import Forbidden, NotFound, Refused
from plugins.catalog import plugin
from plugins.catalog.forms import CommentForm
from plugins.catalog.services import comments as talk
from plugins.catalog.views.asked import person_here
from plugins.catalog.views.comments import comments_page, thread_page


@plugin.post("/comments/<kind>/<int:subject_id>", permission="member")
def add_comment(kind: str, subject_id: int) -> ResponseReturnValue:
    """Write about something."""
    person, form = person_here(), CommentForm()

    def write() -> int:
        words, named = form.text.data or "", form.mentioned()
        return talk.add_comment(person, kind, subject_id, words, at_s=form.seconds(), mentioned=named)

    comment_id = done(form, write)
    if comment_id is None:
        return comments_page(talk.find_commented(person, kind, subject_id), form), form.status
    return redirect(url_for(".comments", kind=kind, subject_id=subject_id, said=comment_id), 303)


@plugin.get("/comments/<int:comment_id>/reply", permission="member")
def reply(comment_id: int) -> str:
    """The form below a conversation, for an answer to one comment of it."""
    _, answered = talk.comment_of(person_here(), comment_id)
    begun = f"@{answered.author_name} " if answered.parent_id and answered.author_name else ""
    return open_form(comment_id, CommentForm(formdata=None, text=begun), answers=comment_id)


@plugin.post("/comments/<int:comment_id>/reply", permission="member")
def add_reply(comment_id: int) -> ResponseReturnValue:
    """Answer a comment."""
    person, form = person_here(), CommentForm()
    subject, answered = talk.comment_of(person, comment_id)

    def write() -> int:
        words, named = form.text.data or "", [*form.mentioned(), *([answered.author_id] if answered.author_id else [])]
        return talk.add_comment(person, subject.kind, subject.id, words, reply_to=comment_id, mentioned=named)

    reply_id = done(form, write)
    return to_thread(reply_id) if reply_id else (open_form(comment_id, form, answers=comment_id), form.status)


@plugin.get("/comments/<int:comment_id>/edit", permission="member")
def edit_comment(comment_id: int) -> str:
    """The words of one's own comment, to be changed."""
    comment = talk.comment_to_edit(person_here(), comment_id)
    return open_form(comment_id, CommentForm(formdata=None, text=comment.text), edits=comment_id)


@plugin.post("/comments/<int:comment_id>/edit", permission="member")
def save_comment(comment_id: int) -> ResponseReturnValue:
    """Change the words of one's own comment."""
    person, form = person_here(), CommentForm()

    def change() -> int:
        return talk.edit_comment(person, comment_id, form.text.data or "", mentioned=form.mentioned()).id

    changed_id = done(form, change)
    return to_thread(changed_id) if changed_id else (open_form(comment_id, form, edits=comment_id), form.status)


@plugin.post("/comments/<int:comment_id>/delete", permission="member")
def delete_comment(comment_id: int) -> Response:
    """Take a comment away, with a way back where it stood."""
    gone = talk.delete_comment(person_here(), comment_id)
    thread_id = gone.parent_id or gone.id
    session["catalog_deleted_comment"] = {
        "comment_id": gone.id,
        "thread_id": thread_id,
        "kind": gone.subject_kind,
        "subject_id": gone.subject_id,
    }
    return to_thread(thread_id)


@plugin.post("/comments/<int:comment_id>/restore", permission="member")
def bring_back_comment(comment_id: int) -> Response:
    """Bring back a comment that one deleted."""
    return to_thread(talk.bring_back_comment(person_here(), comment_id).id)


@plugin.get("/comments/<kind>/<int:subject_id>/people", permission="member")
def people_to_mention(kind: str, subject_id: int) -> JsonResponse:
    """Whom a comment here can name, for the menu beside the form."""
    person = person_here()
    people = talk.people_here(person, talk.find_commented(person, kind, subject_id))
    return answer([{"id": person_id, "name": name} for person_id, name in people])


def done(form: CommentForm, act: Callable[[], int]) -> int | None:
    """The id of the comment that was written or changed, or None where the form says why not."""
    if not form.validate():
        return None
    try:
        return act()
    except (Forbidden, NotFound):
        raise
    except Refused as refused:
        form.refuse(refused)
        return None


def open_form(comment_id: int, form: CommentForm, *, answers: int | None = None, edits: int | None = None) -> str:
    """A conversation with a form open in it: below it to answer, or in the place of the comment to change."""
    subject, found = talk.thread_of(person_here(), comment_id)
    return thread_page(subject, found, comment_id, form=form, answers=answers, edits=edits)


def to_thread(comment_id: int) -> Response:
    return redirect(url_for(".thread", comment_id=comment_id), 303)
