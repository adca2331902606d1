"""A third party's plugin for tests: its singers are an audience, and one of its sections can be made to fail."""

from flask import current_app

from musicapp import Plugin
from musicapp.blocks import Figure, Figures, Words
from musicapp.database import session
from plugins.auth.services import named_people

plugin = Plugin("choir", __name__, requires=["auth"])


@plugin.contributes("reports.audience", name="choir", title="Singers", words="What was sung.")
def singers(_span, after, limit):
    """Everybody sings; whose list never ends is told so."""
    if current_app.config.get("ENDLESS"):
        return [(1, 0, "The choir")]
    ids = sorted(person_id for person_id, _ in session().execute(named_people()))
    return [(id_, 0, "The choir") for id_ in ids if (id_, 0) > after][:limit]


@plugin.contributes("reports.section", name="choir.songs", audience="choir", heading="Sung", order=1)
def songs(_person_id, _subject_id, span):
    """How many days there were to sing."""
    return [Figures([Figure("Days", span.days)])]


def many_words(readers):
    """The same for all; fails as it is told to."""
    if current_app.config.get("KILLED_AT") in [person_id for person_id, _ in readers.pairs]:
        raise SystemExit("killed")
    return {pair: words(*pair, readers.span) for pair in readers.pairs}


@plugin.contributes("reports.section", name="choir.words", audience="choir", heading="Said", for_many=many_words)
def words(person_id, _subject_id, _span):
    """What was said; fails as it is told to."""
    if person_id in current_app.config.get("VOICELESS", []):
        raise ValueError("no voice left")
    return [Words("All sang.")]
