"""Which exports there are, who may take which, and what each may be about."""

from collections.abc import Sequence
from dataclasses import dataclass

from musicapp.errors import Forbidden, Invalid
from musicapp.plugins.slots import contained, contributions
from musicapp.security import holds
from plugins.reports.services.persons import Person
from plugins.reports.services.points import Export

POINT = "reports.export"


@dataclass(frozen=True)
class ExportKind:
    """An export that somebody may start, with what it may be about; none where it is about them or the site."""

    export: Export
    subjects: Sequence[tuple[int, str]]


def all_exports() -> list[Export]:
    return contributions(POINT)


def exports_for(person: Person) -> list[ExportKind]:
    """What somebody may take out now; what is about artists only where they have one."""
    kinds = []
    asked: dict[object, Sequence[tuple[int, str]]] = {}  # many exports are about the same things
    for export in all_exports():
        if not may_take(person, export):
            continue
        if export.subjects not in asked:
            asked[export.subjects] = subjects_of(person, export)
        subjects = asked[export.subjects]
        if subjects or export.subjects is None:
            kinds.append(ExportKind(export, subjects))
    return kinds


def subjects_of(person: Person, export: Export) -> Sequence[tuple[int, str]]:
    """What an export may be about; nothing where the plugin that brought it fails."""
    ask = export.subjects
    if ask is None:
        return ()
    return contained(export.name.partition(".")[0], POINT, lambda: ask(person.id)) or ()


def export_named(name: str) -> Export:
    """An export by its name, or by what follows the dot where only one is called so; raises Invalid."""
    found = [export for export in all_exports() if export.name == name]
    found = found or [export for export in all_exports() if export.name.partition(".")[2] == name]
    if len(found) == 1:
        return found[0]
    names = ", ".join(sorted(export.name for export in found or all_exports()))
    sentence = f"“{name}” may be one of {names}." if found else f"There is no such export. There are {names}."
    raise Invalid(sentence, {"name": [sentence]})


def title_of(name: str) -> str:
    """What an export is called; its name while its plugin does not run."""
    return next((export.title for export in all_exports() if export.name == name), name)


def may_take(person: Person, export: Export) -> bool:
    """Whether somebody holds the right that an export asks for."""
    return export.right == "member" or holds(person.role_names, export.right)


def refuse_strangers(person: Person, export: Export, subject_id: int) -> str:
    """Refuse who may not take these rows; the title of what they are about, "" for the person or the site."""
    if not may_take(person, export):
        raise Forbidden("Your account may not take these rows out.")
    if export.title_of is not None:
        return export.title_of(person.id, subject_id)
    if subject_id:
        sentence = "This export is about nothing in particular, so it takes no subject."
        raise Invalid(sentence, {"subject": [sentence]})
    return ""
