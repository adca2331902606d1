"""What chats can be told: the digest of a day, and each kind of news that plugins contribute."""

from collections.abc import Collection
from dataclasses import dataclass

from musicapp.errors import Invalid
from musicapp.plugins.slots import contributions
from musicapp.security import holds
from plugins.auth.services import Person
from plugins.reports.services.points import News


@dataclass(frozen=True)
class Topic:
    """Something that a chat is told when its owner chose it; `right` is what the owner must hold for that."""

    name: str
    title: str
    words: str
    right: str


DIGEST = Topic(
    "digest", "What happened yesterday", "Once a day at midnight; nothing when nothing happened.", "site.admin"
)
TEST = "test"


def news_kinds() -> list[News]:
    """All kinds of news that running plugins contribute."""
    return contributions("reports.news")


def topics() -> list[Topic]:
    """All that a chat can be told on this site."""
    return [DIGEST, *(Topic(news.name, news.title, news.words, news.right) for news in news_kinds())]


def topics_for(person: Person) -> list[Topic]:
    """What somebody may have chats told."""
    return [topic for topic in topics() if holds(person.role_names, topic.right)]


def check_topics(person: Person, names: Collection[str]) -> None:
    """Raises Invalid for what there is not, or is not for this person to tell."""
    known = {topic.name for topic in topics_for(person)}
    wrong = [name for name in names if name not in known]
    if wrong:
        sentence = f"Chats cannot be told of “{wrong[0]}”."
        raise Invalid(sentence, {"topics": [sentence]})
