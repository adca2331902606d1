"""Why a plugin does not run, as errors whose message is the reason shown to the site's owner."""

import difflib
from collections.abc import Iterable


class ContractError(Exception):
    """A plugin said something that the contract does not allow; the message says what and how to mend it."""


class PluginRefused(RuntimeError):
    """The site does not start: its own part cannot, or, under tests and debug, a plugin of the project itself."""


def did_you_mean(wrong: str, known: Iterable[str]) -> str:
    """A hint that names what is most like `wrong`, or nothing."""
    near = difflib.get_close_matches(wrong, list(known), 1, cutoff=0.5)
    return f" Did you mean “{near[0]}”?" if near else ""
