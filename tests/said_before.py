"""What a media child said of a file, said again for the same file: most of an upload is starting children."""

import hashlib
import json
import stat
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from plugins.catalog.media.answers import Answer

Answers = tuple[list[Answer], str | None]
ANSWERED_BY_BYTES = ("tags", "cover")  # and by no name


class SaidBefore:
    """Asks a child once for each file and wishes of this process; what breaks or writes, or takes ffmpeg, each time."""

    def __init__(self, ask_child: Callable[..., Answers]) -> None:
        self.ask_child = ask_child
        self.kept: dict[str, str] = {}

    def __call__(self, verb: str, files: Sequence[tuple[Path, str]], **wishes: Any) -> Answers:
        question = self.question(verb, files, wishes)
        if question in self.kept:
            return json.loads(self.kept[question]), None
        answers, died = self.ask_child(verb, files, **wishes)
        if question and answers and died is None:
            self.kept[question] = json.dumps(answers)
        return answers, died

    def question(self, verb: str, files: Sequence[tuple[Path, str]], wishes: dict[str, Any]) -> str:
        """What is asked, with the bytes of the file for its path; empty where the child itself must look."""
        path, name = files[0]
        if len(files) > 1 or verb == "encode" or wishes.get("ffmpeg"):
            return ""
        try:
            if not stat.S_ISREG(path.lstat().st_mode):
                return ""
            content = path.read_bytes()
        except OSError:
            return ""
        name = path.suffix if verb in ANSWERED_BY_BYTES else name
        return json.dumps([verb, name, wishes, hashlib.sha256(content).hexdigest()], sort_keys=True)
