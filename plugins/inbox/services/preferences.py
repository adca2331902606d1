"""How each person wants to be told of each kind: in the inbox, by mail, both, or not at all."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from musicapp.database import insert_for, session, writing
from musicapp.errors import Invalid
from plugins.auth.services import Person
from plugins.inbox.models import Preference
from plugins.inbox.services.kinds import AlertKind, kind_of_alert, kinds_for


@dataclass(frozen=True)
class Ways:
    """By which channels somebody is told of a kind."""

    page: bool
    email: bool


@dataclass(frozen=True)
class Choice:
    """A kind as its person sees it among their preferences; of `fixed` ones nothing can be changed, of
    others what the `channels` name."""

    kind: str
    title: str
    words: str
    page: bool
    email: bool
    fixed: bool
    channels: tuple[str, ...]


def ways_of(person_ids: Sequence[int], kind: AlertKind) -> dict[int, Ways]:
    """How each of these people is told of a kind; who never chose, as the kind says of itself."""
    unasked = kind.mailed_unasked
    if kind.always:
        return dict.fromkeys(person_ids, Ways(page=kind.page, email=unasked))
    asked = sa.select(Preference.user_id, Preference.channel, Preference.wanted).where(
        Preference.kind == kind.name, Preference.user_id.in_(person_ids)
    )
    chosen = {(user_id, channel): wanted for user_id, channel, wanted in session().execute(asked)}
    return {
        person_id: Ways(kind.page and chosen.get((person_id, "page"), True), chosen.get((person_id, "email"), unasked))
        for person_id in person_ids
    }


def who_wants_mail(person_ids: Sequence[int], kind: str) -> set[int]:
    """Those of some people who are mailed about a kind; raises LookupError for one that nobody declares."""
    return {person_id for person_id, ways in ways_of(person_ids, kind_of_alert(kind)).items() if ways.email}


def preferences_of(person: Person) -> list[Choice]:
    """All kinds that concern somebody, and what they chose."""
    asked = sa.select(Preference.kind, Preference.channel, Preference.wanted).where(Preference.user_id == person.id)
    chosen = {(kind, channel): wanted for kind, channel, wanted in session().execute(asked)}

    def wanted(kind: AlertKind, channel: str, unasked: bool) -> bool:
        return unasked if kind.always else chosen.get((kind.name, channel), unasked)

    return [
        Choice(
            kind=kind.name,
            title=kind.title,
            words=kind.words,
            page=kind.page and wanted(kind, "page", True),
            email=wanted(kind, "email", kind.mailed_unasked),
            fixed=kind.always,
            channels=kind.channels,
        )
        for kind in kinds_for(person)
    ]


def change_preferences(person: Person, wishes: Mapping[str, Mapping[str, bool]]) -> None:
    """Keep what somebody wants, by kind and channel; what is not named stays. Raises Invalid for what is not theirs."""
    kinds = {kind.name: kind for kind in kinds_for(person)}
    wrong = {
        name: ["There is no such kind, or no such channel of it, or it cannot be changed."]
        for name, ways in wishes.items()
        if name not in kinds or kinds[name].always or not set(ways) <= set(kinds[name].channels)
    }
    if wrong:
        raise Invalid("Some of these preferences cannot be kept.", wrong)
    with writing():
        for name, ways in wishes.items():
            for channel, wanted in ways.items():
                keep_preference(person.id, name, channel, wanted=wanted)


def keep_preference(person_id: int, kind: str, channel: str, *, wanted: bool) -> None:
    """Note, inside `writing()`, whether somebody wants to be told of a kind by a channel."""
    values = {"user_id": person_id, "kind": kind, "channel": channel, "wanted": wanted}
    keep = insert_for(Preference).values(**values)
    session().execute(
        keep.on_conflict_do_update(index_elements=["user_id", "kind", "channel"], set_={"wanted": wanted})
    )
