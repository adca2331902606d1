"""Finding plugins: folders and files in the plugin folders, and installed packages with an entry point."""

import importlib
import logging
import traceback
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib.metadata import EntryPoint, entry_points
from pathlib import Path
from types import ModuleType
from typing import Any

from musicapp.database import db
from musicapp.plugins.contract import Plugin
from musicapp.plugins.problems import ContractError
from musicapp.plugins.site import PluginState

log = logging.getLogger(__name__)

tables_of: dict[str, set[str]] = {}  # by module, because a module is imported once and may serve several apps
GROUP = "musicapp.plugins"
OWN_FOLDER = Path(__file__).resolve().parents[2] / "plugins"
ROOMS = ("models", "events", "services", "forms", "views", "api", "listeners", "tasks", "commands")


@dataclass(frozen=True)
class Candidate:
    """A plugin that could be run: where it lies and how it is imported."""

    name: str
    module: str
    origin: str
    first_party: bool = False
    attribute: str = "plugin"


def find(folders: Iterable[Path]) -> dict[str, Candidate]:
    """Everything that could be run, by name; what lies in a folder wins over an installed package."""
    found: dict[str, Candidate] = {}
    for entry in entry_points(group=GROUP):
        found[entry.name] = installed(entry)
    for folder in folders:
        if not folder.is_dir():
            continue
        make_importable(folder)
        for path in sorted(folder.iterdir()):
            if (name := plugin_name(path)) is not None:
                found[name] = Candidate(name, f"plugins.{name}", str(path), folder == OWN_FOLDER)
    return found


def installed(entry: EntryPoint) -> Candidate:
    package = entry.dist.name if entry.dist else entry.module
    return Candidate(entry.name, entry.module, f"package {package}", attribute=entry.attr or "plugin")


def plugin_name(path: Path) -> str | None:
    """The name of the plugin that lies at `path`, or none."""
    if path.name.startswith(("_", ".")):
        return None
    if path.is_dir():
        return path.name if (path / "__init__.py").exists() else None
    return path.stem if path.suffix == ".py" else None


def make_importable(folder: Path) -> None:
    """Let `import plugins.<name>` look into this folder too."""
    package = importlib.import_module("plugins")
    if str(folder) not in package.__path__:
        package.__path__.append(str(folder))
    importlib.invalidate_caches()


def load(candidate: Candidate) -> PluginState:
    """Import a plugin and its rooms. Whatever it does at import, the answer is a state with a reason."""
    state = PluginState(candidate.name, candidate.origin, candidate.first_party)
    tables_before = set(db.metadata.tables)
    try:
        module = importlib.import_module(candidate.module)
        plugin = getattr(module, candidate.attribute, None)
        if not isinstance(plugin, Plugin):
            raise ContractError(f"{candidate.origin} has no `{candidate.attribute} = Plugin(…)`.")
        if plugin.name != candidate.name:
            raise ContractError(f"it lies there as “{candidate.name}” but calls itself “{plugin.name}”.")
        state.plugin = plugin
        import_rooms(module)
    except ContractError as error:
        state.stop(str(error))
    except KeyboardInterrupt:
        raise
    except SystemExit:
        state.stop("it called sys.exit() while it was imported.")
    except BaseException as error:
        log.debug("Importing the plugin %s failed.", candidate.name, exc_info=True)
        state.stop(f"importing it failed: {type(error).__name__}: {error} ({where(error)})")
    state.tables = tables_of.setdefault(candidate.module, tables_made(candidate.module, tables_before))
    return state


def tables_made(module: str, before: set[str]) -> set[str]:
    """The tables that a plugin made, also when another one imported it first; what others made meanwhile is theirs."""
    tables = ((vars(model).get("__table__"), model.__module__) for model in models_of(db.Model))
    makers = {table.name: maker for table, maker in tables if table is not None}
    own = {name for name, maker in makers.items() if f"{maker}.".startswith(f"{module}.")}
    others = {name for name, maker in makers.items() if maker.startswith("plugins.")} - own
    return own | (set(db.metadata.tables) - before - others)


def models_of(base: type[Any]) -> Iterator[type[Any]]:
    """All classes that derive from one."""
    for derived in base.__subclasses__():
        yield derived
        yield from models_of(derived)


def import_rooms(module: ModuleType) -> None:
    """Import the rooms that a plugin folder has, so that what they declare is heard."""
    folders = getattr(module, "__path__", None)
    if folders is None:
        return
    for room in ROOMS:
        if any((Path(folder) / f"{room}.py").exists() or (Path(folder) / room).is_dir() for folder in folders):
            importlib.import_module(f"{module.__name__}.{room}")


def where(error: BaseException) -> str:
    """The place in the plugin's own code that failed: the last frame of its traceback."""
    frames = traceback.extract_tb(error.__traceback__)
    if isinstance(error, SyntaxError):
        return f"{error.filename}:{error.lineno}"
    return f"{frames[-1].filename}:{frames[-1].lineno}" if frames else "unknown place"
