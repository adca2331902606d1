"""A self-hosted music streaming platform for communities, made of Flask blueprints. This is its kernel."""

from musicapp.app import create_app
from musicapp.plugins import Plugin, emit

__all__ = ["Plugin", "create_app", "emit"]
__version__ = "0.1.0"
