"""Comments on playlists in the API, by the rules that hold for all comments."""

from flask import Response, url_for

from musicapp.api import answer, listing
from musicapp.paging import Page
from musicapp.security import signed_in
from plugins.catalog.services import comments
from plugins.catalog.services.comments import CommentBody, CommentsQuery, comment_shape, thread_shape
from plugins.playlists import plugin
from plugins.playlists.api.asked import person_who_asks


@plugin.api.get("/playlists/<int:playlist_id>/comments", permission="listen", query=CommentsQuery)
def playlist_comments(playlist_id: int, query: CommentsQuery) -> Response:
    """What is said about a playlist, each comment with its first replies."""
    person = signed_in()
    subject = comments.find_commented(person, "playlist", playlist_id)
    page = comments.comments_of(person, subject, limit=query.limit, cursor=query.cursor)
    return listing(Page([thread_shape(thread) for thread in page.rows], page.next))


@plugin.api.post("/playlists/<int:playlist_id>/comments", permission="member", body=CommentBody)
def comment_on_playlist(playlist_id: int, body: CommentBody) -> Response:
    """Write about a playlist, or answer a comment; 429 when it was too often."""
    person = person_who_asks()
    comment_id = comments.add_comment(
        person, "playlist", playlist_id, body.text, at_s=body.at_s, reply_to=body.reply_to, mentioned=body.mentions
    )
    _, written = comments.comment_of(person, comment_id)
    where = url_for("catalog.api.one_comment", comment_id=comment_id)
    return answer(comment_shape(written), "Your comment is here.", 201, location=where)
