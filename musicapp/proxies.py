"""Who is asking and by which name: only named proxies are believed, and the site has one address."""

from collections.abc import Iterable
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from werkzeug.middleware.proxy_fix import ProxyFix

from musicapp.outside import unmapped

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

FORWARDED = (
    "HTTP_FORWARDED",
    "HTTP_X_FORWARDED_FOR",
    "HTTP_X_FORWARDED_HOST",
    "HTTP_X_FORWARDED_PORT",
    "HTTP_X_FORWARDED_PREFIX",
    "HTTP_X_FORWARDED_PROTO",
    "HTTP_X_REAL_IP",
)

WAS_FORWARDED = "musicapp.was_forwarded"


def was_forwarded(environ: "WSGIEnvironment") -> bool:
    """Whether a request came by way of somebody else than who asks: a trusted proxy, or one that says of itself that
    it is a proxy."""
    return WAS_FORWARDED in environ


class TrustedProxy:
    """Believe the forwarded headers of `proxies`; take them away from everybody else."""

    def __init__(self, app: "WSGIApplication", proxies: Iterable[str]) -> None:
        self.app = app
        self.behind_proxy = ProxyFix(app, x_for=1, x_proto=1)
        self.proxies = frozenset(proxies)

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        environ["REMOTE_ADDR"] = unmapped(environ.get("REMOTE_ADDR", ""))
        if environ["REMOTE_ADDR"] in self.proxies:
            environ[WAS_FORWARDED] = True
            return self.behind_proxy(environ, start_response)
        for header in FORWARDED:
            if environ.pop(header, None) is not None:
                environ[WAS_FORWARDED] = True
        return self.app(environ, start_response)


class OneHost:
    """Let every request carry the host and scheme of `SITE_URL`, so that links and mails never follow a Host header."""

    def __init__(self, app: "WSGIApplication", site_url: str) -> None:
        self.app = app
        address = urlsplit(site_url)
        self.scheme, self.host = address.scheme, address.netloc

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        environ["wsgi.url_scheme"], environ["HTTP_HOST"] = self.scheme, self.host
        return self.app(environ, start_response)
