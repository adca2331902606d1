"""The site's secrets: made at first start, kept in the instance folder, never defaulted."""

import os
import secrets
from pathlib import Path

from musicapp.settings import SettingsError

LEAST_LENGTH = 32
LEAST_VARIETY = 10


def kept_secret(instance: Path, name: str, given: str = "") -> str:
    """The secret `name`: as the settings give it, else the one made at first start (file mode 0600).

    Raises SettingsError for a weak one, and where the file cannot be read or written.
    """
    if given:
        refuse_weak(name, given)
        return given
    path = instance / "secrets" / name
    try:
        return path.read_text() if path.exists() else make(path)
    except OSError as problem:
        raise SettingsError(f"The site's secret {path} cannot be kept: {problem.strerror}.") from problem


def make(path: Path) -> str:
    """Write a new secret; of several processes that start at once, all end up with the first one's."""
    for folder in (path.parent.parent, path.parent):  # `parents=True` alone would let everybody look into the first
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.{os.getpid()}.{secrets.token_hex(4)}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write(secrets.token_urlsafe(48))
        file.flush()
        os.fsync(file.fileno())
    try:
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        draft.unlink()
    return path.read_text()


def refuse_weak(name: str, value: str) -> None:
    if len(value) < LEAST_LENGTH or len(set(value)) < LEAST_VARIETY:
        raise SettingsError(
            f"MUSICAPP_{name.upper()} is too weak: {len(value)} characters, {len(set(value))} of them different. "
            f"Leave it out and musicapp makes one, or set it to what this prints: "
            f'python -c "import secrets; print(secrets.token_urlsafe(48))"'
        )
