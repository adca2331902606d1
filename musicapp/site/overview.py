"""The overview for admins: how the site is, in pictures of 90 days, and what broke lately."""

from flask import render_template

import musicapp
from musicapp.faults.services import last_faults
from musicapp.numbers.reading import courses
from musicapp.site import health, plugin


@plugin.get("/admin", permission="site.admin")
def overview() -> str:
    """People, plays, storage, errors, work and mail, each beside the month before."""
    from musicapp.site.panels import panels_of  # what the pages use is not whole yet when this room is read

    return render_template(
        "site/overview.html",
        panels=panels_of(courses()),
        faults=last_faults(),
        worries=[check for check in health.all_checks() if check.state != "ok"],
        version=musicapp.__version__,
    )
