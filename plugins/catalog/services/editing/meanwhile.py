"""What two people, or one in two tabs, write about the same thing: the second never overwrites the first unseen."""

from collections.abc import Callable, Mapping

from musicapp.errors import Conflict
from plugins.catalog.models import Album, Song

LONGEST_SHOWN = 80


class ChangedMeanwhile(Conflict):
    """Somebody else was first; `errors` says for each field that was to be changed what stands there now."""


def refuse_if_changed(
    thing: Song | Album, version: int | None, changes: Mapping[str, object], present: Callable[[], Mapping[str, object]]
) -> None:
    """Refuse changes made upon another `version` than the one in the table, unless all of them stand there already."""
    if version is None or version == thing.version:
        return
    stands = present()
    other = {name: [said(stands[name])] for name, wanted in changes.items() if stands[name] != as_kept(wanted)}
    if other:
        sentence = f"“{thing.title}” changed since you opened it. Nothing was saved yet; saving again writes over it."
        raise ChangedMeanwhile(sentence, other)


def as_kept(wanted: object) -> object:
    """What was sent, with line breaks as the tables hold them."""
    return wanted.replace("\r\n", "\n").strip() if isinstance(wanted, str) else wanted


def said(value: object) -> str:
    """What stands in a field now, as a sentence."""
    if value is None or value == "" or value == []:
        return "This is empty now."
    if isinstance(value, bool):
        return f"This is {'ticked' if value else 'not ticked'} now."
    if isinstance(value, list) or len(str(value)) > LONGEST_SHOWN:
        return "Something else is written here now."
    return f"This says “{value}” now."
