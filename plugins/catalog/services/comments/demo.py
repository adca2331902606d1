"""What the people of the demo say about its music, some of it at a moment of a song."""

from dataclasses import dataclass
from datetime import timedelta

import sqlalchemy as sa

from musicapp.clock import now
from musicapp.database import session, writing
from plugins.auth import services as auth
from plugins.catalog.models import Album, Comment, Mention, Song, fold


@dataclass(frozen=True)
class Said:
    """A comment of the demo, written so many hours ago, with the names and words of those who answered it."""

    about: type[Song] | type[Album]
    title: str
    by: str
    text: str
    hours_ago: int
    at_s: float | None = None
    answers: tuple[tuple[str, str], ...] = ()


TALK = (
    Said(
        Song, "Gate Left Open", "Tess", "That creak before the last verse: is it the gate, or the bench?", 30, 41.0,
        (("Kettle Observatory", "The bench. We kept it because it was in tune."), ("Tess", "Never oil it.")),
    ),
    Said(Song, "Gate Left Open", "Wren", "The swallows come in exactly here.", 52, 12.5),
    Said(Song, "Gate Left Open", "Harun", "Made my whole kitchen quiet. Thank you.", 75),
    Said(
        Song, "Depot Lights", "Jonas", "Is this echo the real depot? It sounds like the one by the station.", 20, 18.0,
        (("Tramline Nine", "@Jonas it is that one, at four in the morning, doors open."),),
    ),
    Said(Song, "Depot Lights", "Ines", "Headphones from this bar on.", 44, 31.0),
    Said(Song, "Undertow", "Mira", "The low note here is felt more than heard.", 11, 24.0),
    Said(Album, "Postcards from the Weather", "Wren", "A record like the last warm evening of the year.", 60),
    Said(
        Album, "Last Service", "Harun", "Three rides, and I missed my stop twice.", 26, None,
        (("Jonas", "That is how one knows that it is good."),),
    ),
)  # fmt: skip


def load_comments() -> None:
    """Write down what the demo's people say, once; about music and by people that are not here nothing is said."""
    for said in sorted(TALK, key=lambda said: said.hours_ago, reverse=True):
        author, subject_id = person_called(said.by), subject_called(said.about, said.title)
        if author is None or subject_id is None:
            continue
        kind = "song" if said.about is Song else "album"
        written = sa.exists().where(Comment.subject_kind == kind, Comment.subject_id == subject_id)
        if session().scalar(sa.select(written.where(Comment.author_id == author))):
            continue
        first = Comment(subject_kind=kind, subject_id=subject_id, author_id=author, text=said.text, at_s=said.at_s)
        write(first, said)


def write(first: Comment, said: Said) -> None:
    """Write one comment and its answers, an hour after each other."""
    with writing() as unit:
        first.created_at = now() - timedelta(hours=said.hours_ago)
        unit.add(first)
        unit.flush()
        for place, (name, words) in enumerate(said.answers, start=1):
            answer = Comment(subject_kind=first.subject_kind, subject_id=first.subject_id, text=words)
            answer.author_id, answer.parent_id = person_called(name), first.id
            answer.created_at = first.created_at + timedelta(hours=place)
            unit.add(answer)
            unit.flush()
            if words.startswith(f"@{said.by}") and first.author_id is not None:
                unit.add(Mention(comment_id=answer.id, user_id=first.author_id))


def person_called(name: str) -> int | None:
    """The account of one of the demo's people, as it is made for them."""
    found = auth.person_with_address(f"{fold(name).replace(' ', '.')}@example.org")
    return found.id if found else None


def subject_called(table: type[Song] | type[Album], title: str) -> int | None:
    return session().scalar(sa.select(table.id).where(table.title_key == fold(title)).order_by(table.id).limit(1))
