"""People: accounts, roles, sign-ins, passwords, and the first steps of a new site."""

from typing import cast

from flask import Flask
from flask.blueprints import BlueprintSetupState

from musicapp import Plugin

plugin = Plugin("auth", __name__, title="People", url_prefix="", api_prefix="/api")
plugin.right("auth.people", roles=["admin"])
plugin.nav("Account", ".account", permission="member", icon="user", place="account")
plugin.nav("People", ".people", permission="auth.people", icon="users", place="admin", group="People")
plugin.nav("Invitations", ".all_invitations", permission="auth.people", icon="user-plus", place="admin", group="People")
plugin.nav("Log out", ".log_out", permission="member", icon="log-out", place="account")
plugin.offers("auth.wall")
plugin.offers("auth.suspended")


@plugin.record_once
def wire(state: BlueprintSetupState) -> None:
    """Give the app Flask-Security, our look-ups of who asks, and the kernel's guard its `Identity`."""
    from plugins.auth.wiring import init_app

    init_app(cast(Flask, state.app))
