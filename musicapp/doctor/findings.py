"""What the doctor says: findings, of which the worst decides the exit code."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

Level = Literal["well", "warning", "wrong"]
LEVELS: tuple[Level, ...] = ("well", "warning", "wrong")


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at: how it is, in a sentence, and what to do where it is not well."""

    about: str
    level: Level
    says: str
    do: str = ""


Look = Callable[[], Iterator[Finding]]


def worst(findings: Iterable[Finding]) -> int:
    """The exit code: 0 when all is well, 1 for warnings, 2 when something is wrong."""
    return max((LEVELS.index(finding.level) for finding in findings), default=0)


def contained(about: str, look: Look) -> list[Finding]:
    """All that one look finds; where it fails itself, that is a finding too."""
    try:
        return list(look())
    except Exception as error:
        says = f"This could not be looked at: {type(error).__name__}: {error}"
        return [Finding(about, "wrong", says, "Mend what stands above first, then ask again.")]
