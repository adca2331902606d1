"""The inbox: what people are told of, how each of them wants to be told, and the bell that says how much is new."""

from musicapp import Plugin

plugin = Plugin("inbox", __name__, title="Inbox", requires=["auth"])

plugin.nav("Inbox", ".inbox", permission="member", icon="bell", place="account")
plugin.nav("What you are told", ".preferences", permission="member", icon="settings", place="account")
