"""Structured logs: one line per event, for people or as JSON, with the id of the request that caused it."""

import logging
import re
import secrets
import time
from typing import Any

import structlog
from flask import Flask, Response, g, request
from structlog.types import Processor

ID = re.compile(r"[A-Za-z0-9._-]{8,64}")
QUIET = ("site.healthz", "site.readyz", "static", "site.plugin_static")
access = structlog.stdlib.get_logger("musicapp.access")


class OurHandler(logging.StreamHandler[Any]):
    """The handler of this module, told from others by its class, so that several apps in one process share one."""


def configure(log_format: str, level: str) -> None:
    """Send every logger of the process through one handler in one format."""
    shared: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso"),
        structlog.processors.format_exc_info,
    ]
    last: Processor = (
        structlog.processors.JSONRenderer() if log_format == "json" else structlog.dev.ConsoleRenderer(colors=False)
    )
    handler = OurHandler()
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, last],
        )
    )
    root = logging.getLogger()
    root.handlers = [*(other for other in root.handlers if not isinstance(other, OurHandler)), handler]
    root.setLevel(level)
    logging.getLogger("alembic").setLevel("WARNING")
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )


def init_app(app: Flask) -> None:
    """Give every request an id, kept from a client or proxy that sent a plain one, and log how it was answered."""

    @app.before_request
    def begin() -> None:
        given = request.headers.get("X-Request-Id", "")
        g.request_id = given if ID.fullmatch(given) else secrets.token_hex(8)
        g.began = time.perf_counter()
        structlog.contextvars.bind_contextvars(request_id=g.request_id)

    @app.after_request
    def end(response: Response) -> Response:
        response.headers["X-Request-Id"] = g.get("request_id", "")
        if request.endpoint not in QUIET:
            took_ms = round((time.perf_counter() - g.get("began", time.perf_counter())) * 1000, 1)
            access.info(
                f"{request.method} {request.path} {response.status_code}", status=response.status_code, took_ms=took_ms
            )
        return response

    @app.teardown_request
    def forget(_error: BaseException | None) -> None:
        structlog.contextvars.unbind_contextvars("request_id")
