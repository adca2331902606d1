"""How forms of playlists are answered when a service refuses what they say."""

from collections.abc import Callable

from musicapp.errors import Forbidden, NotFound, Refused
from plugins.playlists.forms import Form


def saved(form: Form, save: Callable[[], object]) -> bool:
    """Whether a form fits and was saved; what the services refuse stands beside its fields.

    That the thing itself is not there, or is another's, is no field's fault and goes on.
    """
    if not form.validate():
        return False
    try:
        save()
    except Refused as refused:
        if isinstance(refused, Forbidden | NotFound) and not refused.errors:
            raise
        form.refuse(refused)
        return False
    return True
