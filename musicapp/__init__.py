"""A self-hosted music streaming platform for communities, made of Flask blueprints. This is its kernel."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from musicapp.app import create_app
    from musicapp.plugins import Plugin, emit

__all__ = ["Plugin", "create_app", "emit"]
__version__ = "0.1.0"


def __getattr__(name: str) -> Any:
    """The public names, imported when they are asked for: the supervisor needs none of what lies behind them."""
    if name == "create_app":
        from musicapp.app import create_app

        return create_app
    if name in ("Plugin", "emit"):
        from musicapp import plugins

        return getattr(plugins, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
