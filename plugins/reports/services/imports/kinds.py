"""Which sheets somebody may bring in."""

from musicapp.errors import NotFound
from musicapp.plugins.slots import contributions
from musicapp.security import holds
from plugins.reports.services.persons import Person
from plugins.reports.services.points import Import


def imports_for(person: Person) -> list[Import]:
    """The sheets that somebody may bring in, by title."""
    allowed = [one for one in contributions("reports.import") if may_bring(person, one)]
    return sorted(allowed, key=lambda one: str(one.title))


def import_for(person: Person, name: str) -> Import:
    """The kind of sheet of this name; raises NotFound for one that is not for them."""
    for one in imports_for(person):
        if one.name == name:
            return one
    raise NotFound("There is no such import, or it is not for you.")


def names_without_undo() -> list[str]:
    """The names of the sheets that nobody can undo, whoever brings them."""
    return [one.name for one in contributions("reports.import") if one.undo is None]


def may_bring(person: Person, imported: Import) -> bool:
    return imported.right == "member" or holds(person.role_names, imported.right)
