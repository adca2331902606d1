"""The application factory: a short list of named steps."""

from collections.abc import Mapping
from functools import cache as remembered
from pathlib import Path
from typing import Any

from flask import Flask
from jinja2 import ChoiceLoader, FileSystemLoader

from config import ROOT, Config
from musicapp import api, bundles, caching, errors, faults, headers, jobs, logs, metrics, pages, security
from musicapp import mail as outbox
from musicapp.blocks import page
from musicapp.compiled import KeptTemplates
from musicapp.database import db, listen
from musicapp.extensions import cache, limiter, mail
from musicapp.moving.marking import refuse_unfinished
from musicapp.plugins.events import emit
from musicapp.plugins.site import Site
from musicapp.plugins.start import start_plugins
from musicapp.proxies import OneHost, TrustedProxy
from musicapp.redis import find_address
from musicapp.routing import LazyRule, LongRowNumber, RowNumber
from musicapp.secrets import kept_secret
from musicapp.sessions import CookieSessions
from musicapp.settings import environment
from musicapp.site import commands
from musicapp.site import plugin as kernel
from musicapp.site.events import SiteStarted
from musicapp.site.stored_settings import plugin_settings
from musicapp.storage import choosing
from musicapp.template_globals import SharedGlobals

SOCKET_TIMEOUTS = {"socket_connect_timeout": 0.25, "socket_timeout": 0.25}


def create_app(config: Config | Mapping[str, Any] | None = None, *, upgrade: bool = True) -> Flask:
    """The site as a Flask app: by the environment and `.env`, or with `config` over them.

    Without `upgrade` it only looks on: the database stays as it is, and no plugin hears that the site has started.
    """
    environ = environment(ROOT / ".env")
    settings = config if isinstance(config, Config) else Config.read(environ, config)
    app = Flask("musicapp", root_path=str(ROOT), instance_path=str(settings.instance))
    app.url_rule_class = LazyRule
    app.url_map.converters |= {"int": RowNumber, "long": LongRowNumber}
    app.jinja_environment = SharedGlobals
    app.session_interface = CookieSessions(app)
    app.extensions["environ"] = environ  # what is changed later counts for no part of a site that runs
    app.ensure_sync = remembered(app.ensure_sync)  # type: ignore[method-assign]  # asked for every hook of every request
    configure(app, settings)
    app.config["UPGRADE"] = upgrade
    init_extensions(app)
    refuse_unfinished(app)
    choosing.init_app(app)
    logs.init_app(app)
    errors.init_app(app)
    faults.init_app(app)
    metrics.init_app(app)
    api.init_app(app)
    security.init_app(app)
    headers.init_app(app)
    pages.init_app(app)
    page.init_app(app)
    bundles.init_app(app)
    app.extensions["musicapp"] = Site(enqueue=jobs.enqueue, settings_of=plugin_settings)
    start_plugins(app, kernel)
    jobs.init_app(app)
    commands.init_app(app)
    security.refuse_open_routes(app)
    behind_proxies(app, settings)
    if upgrade:
        with app.app_context():
            emit(SiteStarted())
    return app


def configure(app: Flask, settings: Config) -> None:
    """Fill `app.config`: our settings in capitals, then what Flask and the extensions call the same things."""
    instance = settings.instance
    instance.mkdir(mode=0o700, parents=True, exist_ok=True)
    app.config.update({name.upper(): value for name, value in settings.model_dump().items()})
    app.config.update(
        PLUGIN_FOLDERS=[ROOT / "plugins", instance / "plugins"],
        SECRET_KEY=kept_secret(instance, "secret_key", settings.secret_key),
        SECURITY_PASSWORD_SALT=kept_secret(instance, "security_password_salt", settings.security_password_salt),
        SQLALCHEMY_DATABASE_URI=settings.database_url,
        SQLALCHEMY_ENGINE_OPTIONS={"pool_size": max(5, 2 * settings.web_threads)},  # who asks, beside the session
        SESSION_COOKIE_NAME="musicapp",
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=settings.site_url.startswith("https:"),
        SESSION_REFRESH_EACH_REQUEST=False,
        PROPAGATE_EXCEPTIONS=settings.testing,
        MAX_FORM_MEMORY_SIZE=2 * 1024 * 1024,
        WTF_CSRF_CHECK_DEFAULT=False,
        WTF_CSRF_TIME_LIMIT=None,
        TEMPLATES_AUTO_RELOAD=settings.debug,
        **mail_settings(settings),
    )
    app.json.sort_keys = app.json.ensure_ascii = False  # type: ignore[attr-defined]
    app.jinja_env.bytecode_cache = KeptTemplates(str(private(instance / "cache" / "templates")))
    app.jinja_loader = ChoiceLoader([FileSystemLoader(instance / "templates"), FileSystemLoader(ROOT / "templates")])
    logs.configure(settings.log_format, settings.log_level)


def private(folder: Path) -> Path:
    """A folder that only the site's own account may look into, made where it is missing."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def mail_settings(settings: Config) -> dict[str, Any]:
    host = settings.site_url.partition("://")[2].partition(":")[0]
    # A site for trying out keeps its mails where its admins can look at them.
    caught = not settings.mail_server and (settings.debug or settings.demo)
    return {
        "MAIL_BACKEND": "musicapp.mail.caught" if caught else "musicapp.mail.smtp",
        "MAIL_CAUGHT": str(settings.instance / "caught-mail") if caught else "",
        "MAIL_SERVER": settings.mail_server,
        "MAIL_PORT": settings.mail_port,
        "MAIL_USERNAME": settings.mail_username or None,
        "MAIL_PASSWORD": settings.mail_password or None,
        "MAIL_USE_TLS": settings.mail_encryption == "starttls",
        "MAIL_USE_SSL": settings.mail_encryption == "tls",
        "MAIL_TIMEOUT": 10,
        "MAIL_AWAY_S": 30,
        "MAIL_DEFAULT_SENDER": settings.mail_from or f"musicapp@{host}",
    }


def init_extensions(app: Flask) -> None:
    """Give the app its extensions; the cache and the limits live in Redis where there is one, else in memory."""
    redis = find_address(Path(app.config["INSTANCE"]), app.config)
    app.extensions["redis_address"] = redis
    app.config.update(
        **caching.settings(redis.cache_url if redis else None),
        RATELIMIT_STORAGE_URI=redis.limiter_url if redis else "memory://",
        RATELIMIT_STORAGE_OPTIONS=SOCKET_TIMEOUTS if redis else {},
        RATELIMIT_IN_MEMORY_FALLBACK_ENABLED=True,
        RATELIMIT_SWALLOW_ERRORS=True,
        RATELIMIT_HEADERS_ENABLED=True,
    )
    db.init_app(app)
    with app.app_context():
        for engine in db.engines.values():
            listen(engine)
    cache.init_app(app)
    limiter.init_app(app)
    # Views that have a limit check it themselves; before each request it would look for one that is never there.
    app.before_request_funcs[None].remove(limiter._check_request_limit)
    mail.init_app(app)
    outbox.init_app(app)


def behind_proxies(app: Flask, settings: Config) -> None:
    one_host = OneHost(app.wsgi_app, settings.site_url)
    app.wsgi_app = TrustedProxy(one_host, settings.trusted_proxies)  # type: ignore[method-assign]
