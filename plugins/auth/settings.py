"""What the owner of a site may decide about accounts: `MUSICAPP_AUTH_<NAME>`, or the site's own settings."""

from typing import Literal

from musicapp.settings import Settings, setting
from plugins.auth import plugin


class AuthSettings(Settings):
    """How people come in: how long sign-ins last, what is asked, and how many tries a person has."""

    session_days: int = setting(7, "Days that a browser stays logged in.", ge=1, le=365)
    remember_days: int = setting(60, "The same, with “Keep me logged in”.", ge=1, le=365)
    token_days: int = setting(30, "Days that a token of POST /api/login is good for.", ge=1, le=365)
    second_factor: Literal["offered", "staff"] = setting(
        "offered", "Who needs a code after the password: who wants it, or `staff` (admins and moderators) at least."
    )
    newcomers: Literal["open", "approval", "invitation"] = setting(
        "open", "Who may make an account: everybody, everybody with an admin's `approval`, or by `invitation` alone."
    )
    log_in_tries: int = setting(10, "Wrong passwords for one account in 15 minutes.", ge=1)
    address_tries: int = setting(50, "Wrong passwords from one network address in 15 minutes.", ge=1)
    sign_ups: int = setting(30, "New accounts from one network address in an hour.", ge=1)
    mails: int = setting(5, "Mails that may be asked for one account in an hour.", ge=1)
    address_mails: int = setting(30, "Mails that may be asked for from one network address in an hour.", ge=1)
    copy_days: int = setting(7, "Days for which the ZIP of somebody's data is kept.", ge=1, le=90)
    copies_a_day: int = setting(3, "ZIPs of their data that one person may have made in a day.", ge=1, le=100)
    leaving_days: int = setting(14, "Days in which a deleted account can be taken back.", ge=1, le=90)


auth_settings = plugin.settings(AuthSettings)
