"""Reading the form of rules, and what its buttons do to it without saving: add, remove, move."""

from werkzeug.datastructures import MultiDict

from plugins.catalog.services import FIELDS, MOST_RULES
from plugins.playlists.views.rules.drafts import Bracket, Draft, Line, new_line

LONGEST_TYPED = 400
Form = MultiDict[str, str]


def read_form(form: Form) -> Draft:
    """What a form says, line by line in its order. Each line names itself: `2`, or `2.0` in the group `2`."""
    sort, _, way = word(form, "sort", "newest").partition(":")
    draft = Draft(
        name=word(form, "name"),
        match=word(form, "match", "all"),
        sort=sort,
        reverse=way == "reverse",
        limited_by=word(form, "limited_by"),
        amount=word(form, "amount"),
        revision=word(form, "revision"),
    )
    brackets: dict[str, Bracket] = {}
    for key in form.getlist("line")[: MOST_RULES * 3]:
        group, _, inner = key.partition(".")
        if inner and group in brackets:
            brackets[group].lines.append(read_line(form, key))
        elif f"{key}-match" in form:
            brackets[key] = Bracket(word(form, f"{key}-match"), [])
            draft.parts.append(brackets[key])
        else:
            draft.parts.append(read_line(form, key))
    return draft


def read_line(form: Form, key: str) -> Line:
    """A line; one whose field was just changed starts with the first way to compare it, and keeps no value of it."""
    field = word(form, f"{key}-field")
    line = Line(field if field in FIELDS else "genre", word(form, f"{key}-operator"))
    before = word(form, f"{key}-kind")
    line.operator = line.compares.name
    if before in ("", line.compares.kind):
        line.value, line.second = word(form, f"{key}-value"), word(form, f"{key}-second")
    return line


def word(form: Form, name: str, otherwise: str = "") -> str:
    return form.get(name, otherwise)[:LONGEST_TYPED]


def act_on(draft: Draft, act: str) -> str:
    """Do what a button of the form says, such as `remove:2.0`; answers the id of what is then to be focused."""
    verb, _, key = act.partition(":")
    if verb == "add":
        return add(draft, key)
    if verb == "group" and not draft.is_full:
        draft.parts.append(Bracket("any", [new_line()]))
        return f"{len(draft.parts) - 1}.0-field"
    found = lines_around(draft, key)
    if found is None or verb not in ("remove", "up", "down"):
        return ""
    lines, at, prefix = found
    if verb == "remove":
        del lines[at]
        tidy(draft)
        return f"{prefix}{min(at, len(lines) - 1)}-remove" if lines else "add"
    other = at + (1 if verb == "down" else -1)
    if 0 <= other < len(lines):
        lines[at], lines[other] = lines[other], lines[at]
        at = other
    return f"{prefix}{at}-{verb}"


def add(draft: Draft, key: str) -> str:
    """Add a line at the end of the form, or of the group `key`."""
    if draft.is_full:
        return "add"
    group = part_at(draft, key)
    if isinstance(group, Bracket):
        group.lines.append(new_line())
        return f"{key}.{len(group.lines) - 1}-field"
    draft.parts.append(new_line())
    return f"{len(draft.parts) - 1}-field"


def lines_around(draft: Draft, key: str) -> tuple[list[Line] | list[Line | Bracket], int, str] | None:
    """The lines among which a line stands, its index, and what the names of its neighbours begin with."""
    group, _, inner = key.partition(".")
    part = part_at(draft, group)
    if part is None:
        return None
    if not inner:
        return draft.parts, int(group), ""
    if isinstance(part, Bracket) and inner.isdecimal() and int(inner) < len(part.lines):
        return part.lines, int(inner), f"{group}."
    return None


def part_at(draft: Draft, key: str) -> Line | Bracket | None:
    is_place = key.isascii() and key.isdecimal() and int(key[:4]) < len(draft.parts)
    return draft.parts[int(key[:4])] if is_place else None


def tidy(draft: Draft) -> None:
    """A group whose last line went goes too."""
    draft.parts[:] = [part for part in draft.parts if isinstance(part, Line) or part.lines]
