"""A claim about pages whose compiled form finds no place on disk."""

import shutil
from pathlib import Path

from jinja2 import DictLoader, Environment

from musicapp.compiled import KeptTemplates


def test_a_page_is_shown_where_its_compiled_form_cannot_be_kept(tmp_path: Path) -> None:
    folder = tmp_path / "templates"
    folder.mkdir()

    def shown() -> str:
        templates = Environment(loader=DictLoader({"page": "Words"}), bytecode_cache=KeptTemplates(str(folder)))
        return templates.get_template("page").render()

    assert (shown(), len(list(folder.iterdir()))) == ("Words", 1)
    shutil.rmtree(folder)
    assert shown() == "Words"
    folder.touch()
    assert shown() == "Words"
