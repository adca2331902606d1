"""The rules that hold for every endpoint of the API, one module each; `plugin.api` applies them to every route."""

from flask import Flask

from musicapp.api import cors
from musicapp.api.envelope import answer, listing
from musicapp.api.input import Body, PageQuery, Query
from musicapp.api.views import endpoint_view

__all__ = ["Body", "PageQuery", "Query", "answer", "endpoint_view", "init_app", "listing"]


def init_app(app: Flask) -> None:
    cors.init_app(app)
