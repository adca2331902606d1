"""Comments on songs and albums in the API, and each comment by itself wherever it stands."""

from flask import Response, url_for

from musicapp.api import PageQuery, answer, listing
from musicapp.paging import Page
from musicapp.security import signed_in
from plugins.catalog import plugin
from plugins.catalog.api.asked import person_who_asks
from plugins.catalog.services import comments as talk
from plugins.catalog.services.comments import CommentBody, CommentsQuery, EditedBody, comment_shape, thread_shape


@plugin.api.get("/songs/<int:song_id>/comments", permission="listen", query=CommentsQuery)
def song_comments(song_id: int, query: CommentsQuery) -> Response:
    """What is said about a song, each comment with its first replies."""
    return comments_on("song", song_id, query)


@plugin.api.post("/songs/<int:song_id>/comments", permission="member", body=CommentBody)
def comment_on_song(song_id: int, body: CommentBody) -> Response:
    """Write about a song, at a moment of it or in all, or answer a comment; 429 when it was too often."""
    return comment_on("song", song_id, body)


@plugin.api.get("/albums/<int:album_id>/comments", permission="listen", query=CommentsQuery)
def album_comments(album_id: int, query: CommentsQuery) -> Response:
    """What is said about an album, each comment with its first replies."""
    return comments_on("album", album_id, query)


@plugin.api.post("/albums/<int:album_id>/comments", permission="member", body=CommentBody)
def comment_on_album(album_id: int, body: CommentBody) -> Response:
    """Write about an album, or answer a comment; 429 when it was too often."""
    return comment_on("album", album_id, body)


@plugin.api.get("/comments/<int:comment_id>", permission="listen")
def one_comment(comment_id: int) -> Response:
    """A comment with its first replies; of a reply, the comment that it answers."""
    return answer(thread_shape(talk.thread_of(signed_in(), comment_id)[1]))


@plugin.api.get("/comments/<int:comment_id>/replies", permission="listen", query=PageQuery)
def replies(comment_id: int, query: PageQuery) -> Response:
    """All replies to a comment, the oldest first."""
    person = signed_in()
    subject, thread = talk.thread_of(person, comment_id)
    page = talk.replies_to(person, subject, thread.comment.id, limit=query.limit, cursor=query.cursor)
    return listing(Page([comment_shape(reply) for reply in page.rows], page.next))


@plugin.api.patch("/comments/<int:comment_id>", permission="member", body=EditedBody)
def edit_comment(comment_id: int, body: EditedBody) -> Response:
    """Change the words of a comment of yours within 15 minutes; 403 after that."""
    person = person_who_asks()
    talk.edit_comment(person, comment_id, body.text, mentioned=body.mentions)
    return answer(comment_shape(talk.comment_of(person, comment_id)[1]), "Your comment is changed.")


@plugin.api.delete("/comments/<int:comment_id>", permission="member")
def delete_comment(comment_id: int) -> Response:
    """Take away a comment of yours, or on what is yours; it can be brought back for an hour."""
    talk.delete_comment(person_who_asks(), comment_id)
    return answer(None, "The comment is deleted. You can bring it back for an hour.")


@plugin.api.post("/comments/<int:comment_id>/restore", permission="member")
def bring_back_comment(comment_id: int) -> Response:
    """Bring back a comment that you deleted."""
    person = person_who_asks()
    talk.bring_back_comment(person, comment_id)
    return answer(comment_shape(talk.comment_of(person, comment_id)[1]), "The comment is back.")


def comments_on(kind: str, subject_id: int, query: CommentsQuery) -> Response:
    """A page of what is said about something."""
    person = signed_in()
    subject = talk.find_commented(person, kind, subject_id)
    page = talk.comments_of(person, subject, sort=query.sort, limit=query.limit, cursor=query.cursor)
    return listing(Page([thread_shape(thread) for thread in page.rows], page.next))


def comment_on(kind: str, subject_id: int, body: CommentBody) -> Response:
    """Write about something; answers the new comment."""
    person = person_who_asks()
    comment_id = talk.add_comment(
        person, kind, subject_id, body.text, at_s=body.at_s, reply_to=body.reply_to, mentioned=body.mentions
    )
    where = url_for("catalog.api.one_comment", comment_id=comment_id)
    return answer(comment_shape(talk.comment_of(person, comment_id)[1]), "Your comment is here.", 201, location=where)
