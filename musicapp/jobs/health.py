"""x"""

from musicapp.site.found import Health


def checks() -> list[Health]:
    return []
