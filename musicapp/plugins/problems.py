"""Why a plugin does not run, as errors whose message is the reason shown to the site's owner."""

import difflib
from collections.abc import Iterable


class ContractError(Exception):
    """A plugin said something that the contract does not allow; the message says what and how to mend it."""


class PluginRefused(RuntimeError):
    """A plugin of the project itself does not run, so under tests and debug the site does not start."""


def did_you_mean(wrong: str, known: Iterable[str]) -> str:
    """A hint that names what is most like `wrong`, or nothing."""
    near = difflib.get_close_matches(wrong, list(known), 1, cutoff=0.5)
    return f" Did you mean “{near[0]}”?" if near else ""
