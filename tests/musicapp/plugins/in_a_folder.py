"""Writing small plugins into a test's own instance folder and starting a site with them."""

import sys
import textwrap
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

HEAD = "from musicapp import Plugin\n"


def write_plugin(folder: Path, name: str, text: str = "", **files: str) -> None:
    """A single-file plugin, or with `files` (path with `__` for `/`: text) a folder of them."""
    folder.mkdir(parents=True, exist_ok=True)
    declared = f'{HEAD}plugin = Plugin("{name}", __name__)\n' if "Plugin(" not in text else HEAD
    source = declared + textwrap.dedent(text)
    if not files:
        (folder / f"{name}.py").write_text(source)
        return
    (folder / name).mkdir()
    (folder / name / "__init__.py").write_text(source)
    for path, content in files.items():
        target = folder / name / path.replace("__", "/")
        target = target if target.suffix else target.with_suffix(".py")
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(textwrap.dedent(content))


@contextmanager
def forgotten_afterwards() -> Iterator[None]:
    """What tests import as `plugins.…` must not be found by the next one."""
    import plugins
    from musicapp.database import db
    from musicapp.plugins.discovery import tables_of

    ours = Path(plugins.__file__ or "").parent
    modules, paths = set(sys.modules), list(plugins.__path__)
    tables = set(db.metadata.tables)
    try:
        yield
    finally:
        for name in set(sys.modules) - modules:
            lies_at = Path(getattr(sys.modules[name], "__file__", None) or "")
            if name.startswith("plugins.") and ours not in lies_at.parents:
                del sys.modules[name]
                tables_of.pop(name, None)
                vars(plugins).pop(name.split(".")[1], None)
        for name in set(db.metadata.tables) - tables:
            db.metadata.remove(db.metadata.tables[name])
        plugins.__path__[:] = paths
