"""Who hears of a comment: whom it answers, whom it names, whom its subject belongs to; each once, never its author."""

from collections.abc import Collection

from musicapp.addresses import url_of
from plugins.auth import services as auth
from plugins.catalog.models import Comment
from plugins.catalog.services.persons import Person
from plugins.catalog.services.sharing.opened import without_links
from plugins.catalog.services.subjects import Subject, kind_of_subject
from plugins.inbox.services import tell


def tell_of_comment(
    person: Person, subject: Subject, comment: Comment, *, answered_id: int | None, mentioned: Collection[int]
) -> None:
    """Tell everybody whom a new comment concerns, inside `writing()`: by its nearest reason where there are several."""
    answered = [] if answered_id is None else [answered_id]
    title = f"“{subject.title}”"
    reasons = (
        (answered, "catalog.reply", f"{person.name} replied to you on {title}."),
        (mentioned, "catalog.mention", f"{person.name} mentioned you on {title}."),
        (subject.owner_ids, "catalog.comment", f"{person.name} commented on {title}."),
    )
    told: set[int] = {person.id}
    for people, kind, text in reasons:
        tell_each(person, subject, comment, kind, text, set(people) - told)
        told.update(people)


def tell_of_mention(person: Person, subject: Subject, comment: Comment, mentioned: Collection[int]) -> None:
    """Tell those whom an edited comment names and did not name before, inside `writing()`."""
    text = f"{person.name} mentioned you on “{subject.title}”."
    tell_each(person, subject, comment, "catalog.mention", text, mentioned)


def tell_each(
    person: Person, subject: Subject, comment: Comment, kind: str, text: str, people: Collection[int]
) -> None:
    tell(
        who_may_see(subject, people),
        kind,
        # With its moment, for another comment may have the number of one that is gone for ever.
        key=f"comment-{comment.id}-{comment.created_at.isoformat()}",
        text=text,
        url=f"{url_of('catalog.thread', comment_id=comment.id)}#comment-{comment.id}",
        picture_url=subject.picture_url or "",
        by_id=person.id,
    )


def who_may_see(subject: Subject, people: Collection[int]) -> Collection[int]:
    """Those of some people who may see a subject: who wrote when it was public may be shut out by now."""
    if subject.is_public:
        return people
    find = kind_of_subject(subject.kind).call
    with without_links():
        return [one for one in people if find(auth.person_with_id(one), subject.id) is not None]
