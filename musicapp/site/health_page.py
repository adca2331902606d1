"""The health page for admins: every check, and what to do about those that are not well."""

from flask import render_template

import musicapp
from musicapp.site import health, plugin


@plugin.get("/health", permission="site.admin")
def health_page() -> str:
    """The same checks as /readyz, the worst first."""
    checks = sorted(health.all_checks(), key=lambda check: -health.ORDER.index(check.state))
    return render_template("site/health.html", checks=checks, version=musicapp.__version__)
