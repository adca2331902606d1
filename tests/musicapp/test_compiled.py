"""A claim about pages whose compiled form finds no place on disk."""

from pathlib import Path

from jinja2 import DictLoader, Environment

from musicapp.compiled import KeptTemplates


def test_a_page_is_shown_where_its_compiled_form_cannot_be_kept(tmp_path: Path) -> None:
    folder = tmp_path / "templates"
    folder.mkdir()
    for times_kept in (1, 0):
        environment = Environment(loader=DictLoader({"page": "Words"}), bytecode_cache=KeptTemplates(str(folder)))
        assert environment.get_template("page").render() == "Words"
        kept = list(folder.glob("*"))
        assert len(kept) == times_kept
        for file in kept:
            file.unlink()
        if folder.exists():
            folder.rmdir()
            folder.touch()
