"""What people write about songs, albums, and whatever else plugins let be talked about."""

from plugins.catalog.services.comments.people import mentions_in, people_here
from plugins.catalog.services.comments.reading import (
    Moment,
    Sort,
    comment_of,
    comments_of,
    find_commented,
    moments_of,
    replies_to,
    thread_of,
)
from plugins.catalog.services.comments.removing import (
    bring_back_comment,
    delete_comment,
    forget_deleted,
    hide_comment,
    remove_comment,
    restore_comment,
    return_comment,
)
from plugins.catalog.services.comments.rows import CommentRow, Thread
from plugins.catalog.services.comments.saying import LONGEST, add_comment, comment_to_edit, edit_comment
from plugins.catalog.services.comments.shapes import (
    CommentBody,
    CommentsQuery,
    EditedBody,
    comment_shape,
    thread_shape,
)

__all__ = [
    "LONGEST",
    "CommentBody",
    "CommentRow",
    "CommentsQuery",
    "EditedBody",
    "Moment",
    "Sort",
    "Thread",
    "add_comment",
    "bring_back_comment",
    "comment_of",
    "comment_shape",
    "comment_to_edit",
    "comments_of",
    "delete_comment",
    "edit_comment",
    "find_commented",
    "forget_deleted",
    "hide_comment",
    "mentions_in",
    "moments_of",
    "people_here",
    "remove_comment",
    "replies_to",
    "restore_comment",
    "return_comment",
    "thread_of",
    "thread_shape",
]
