"""How forms of playlists are answered when a service refuses what they say."""

from collections.abc import Callable

from musicapp.errors import Forbidden, NotFound, Refused
from plugins.playlists.forms import Form


def saved(form: Form, save: Callable[[], object]) -> bool:
    """Whether a form fits and was saved; what the services refuse stands beside its fields."""
    if not form.validate():
        return False
    try:
        save()
    except (Forbidden, NotFound):
        raise
    except Refused as refused:
        form.refuse(refused)
        return False
    return True
