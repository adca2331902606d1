"""Structured logs: one line per event, for people or as JSON, with the id of the request that caused it."""

import logging
import re
import secrets
import sys
import time
from contextlib import suppress
from typing import Any

import structlog
from flask import Flask, Response, g, request
from structlog.types import Processor

ID = re.compile(r"[A-Za-z0-9._-]{8,64}")
QUIET = ("site.healthz", "site.readyz", "site.metrics", "static", "site.plugin_static", "site.bundle")


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
    last = last_step(log_format)
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


def last_step(log_format: str) -> Processor:
    """What makes a line of an event: for people, or JSON for programs."""
    return structlog.processors.JSONRenderer() if log_format == "json" else structlog.dev.ConsoleRenderer(colors=False)


def access_log(log_format: str, level: str) -> structlog.typing.FilteringBoundLogger:
    """The log of requests. Its lines look like all others but go straight to the stream: they are by far the most,
    and on the way through logging each would cost a request as much as finding out who asks."""
    log: structlog.typing.FilteringBoundLogger = structlog.wrap_logger(
        structlog.WriteLogger(sys.stderr),
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso"),
            last_step(log_format),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(level),
    )
    return log.bind(logger="musicapp.access")


def init_app(app: Flask) -> None:
    """Give every request an id, kept from a client or proxy that sent a plain one, and log how it was answered."""

    access = access_log(app.config["LOG_FORMAT"], app.config["LOG_LEVEL"])

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
            line = f"{request.method} {request.path} {response.status_code}"
            with suppress(OSError, ValueError):  # whoever read the log is gone; who asked is not to notice
                access.info(line, status=response.status_code, took_ms=took_ms)
        return response

    @app.teardown_request
    def forget(_error: BaseException | None) -> None:
        structlog.contextvars.unbind_contextvars("request_id")
