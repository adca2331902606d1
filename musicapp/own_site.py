"""The site of this process, made once: who forks makes it first, so that all its forks share one in memory."""

import gc
from functools import cache

from flask import Flask

from musicapp.app import create_app
from musicapp.database import close_connections


@cache
def own_site() -> Flask:
    """The site that the environment names; whoever asks later, or in a fork, gets the same one."""
    # Nothing that is made while a site starts is ever garbage: looking for some took a fifth of the start.
    gc.disable()
    try:
        return create_app()
    finally:
        gc.enable()


def ready_to_fork(app: Flask) -> None:
    """End and close what no two processes may share, and take all that is there out of the garbage collector's way:
    what it walked through in a fork would be copied."""
    app.extensions["doorbell"].rest()
    close_connections(app)
    gc.collect()
    gc.freeze()
