"""Claims about what people wrote, and what the log calls it."""

import pytest

from plugins.moderation.models import Case
from plugins.moderation.services.cases import title_in_log


@pytest.mark.parametrize("kind", ["user", "comment", "playlist", "artist"])
def test_the_log_names_nothing_that_somebody_wrote(kind: str) -> None:
    assert title_in_log(Case(kind=kind, title="Hers alone")) == ""
    assert title_in_log(Case(kind="song", title="Neap")) == "Neap"
