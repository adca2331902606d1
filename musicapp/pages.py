"""What every template may use: the site's name, menus, slots, addresses of assets, and how numbers are written."""

import hashlib
import json
import re
from collections.abc import Iterable, Sequence
from contextlib import suppress
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from flask import Flask, current_app, request, url_for

from musicapp.headers import csp_nonce
from musicapp.menus import nav_entries, nav_groups
from musicapp.plugins.site import current_site
from musicapp.plugins.slots import slot
from musicapp.security import may, signed_in
from musicapp.site.marking import marked
from musicapp.site.stored_settings import site_settings

PICTURE_SIDES = (96, 300, 600)
PICTURE_SIZE = re.compile(r"/\d+\.webp")


def asset(path: str, of: str = "") -> str:
    """The address of a static file of the site, or of the plugin `of`, that changes when the file does.

    Found once per app: a page asks for some seventy of them.
    """
    known: dict[tuple[str, str], str] = current_app.extensions["asset_addresses"]
    if current_app.debug or (path, of) not in known:
        known[path, of] = asset_address(path, of)
    return known[path, of]


def asset_address(path: str, of: str) -> str:
    if not of:
        return url_for("static", filename=path, v=fingerprint(Path(current_app.static_folder or "") / path))
    folder = next(Path(plugin.root_path) for plugin in current_site().plugins if plugin.name == of) / "static"
    return url_for("site.plugin_static", name=of, filename=path, v=fingerprint(folder / path))


def fingerprint(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()[:12]


def duration(seconds: float | None) -> str:
    """231 → 3:51; 3700 → 1:01:40."""
    whole = round(seconds or 0)
    minutes, rest = divmod(whole, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


def long_duration(seconds: float | None) -> str:
    """2280 → 38 min; 3720 → 1 h 2 min."""
    whole = round(seconds or 0)
    if whole < 60:
        return f"{whole} s"
    hours, minutes = divmod(round(whole / 60), 60)
    return f"{hours} h {minutes} min" if hours else f"{minutes} min"


def wave_path(peaks: Sequence[int], bars: int) -> str:
    """The strokes of a waveform, 4 units apart in a height of 40, as an SVG path; `peaks` are values of 0 to 255."""
    strokes = []
    for bar in range(bars):
        first = bar * len(peaks) // bars
        loudest = max(peaks[first : max(first + 1, (bar + 1) * len(peaks) // bars)], default=0)
        height = max(2, loudest * 38 // 255)
        strokes.append(f"M{bar * 4 + 1.3:g} {20 - height / 2:g}v{height}")
    return "".join(strokes)


def sized(url: str, side: int) -> str:
    """The address of the same picture in another size: /albums/7/cover/300.webp?v=4 → /albums/7/cover/96.webp?v=4."""
    return PICTURE_SIZE.sub(f"/{side}.webp", url)


def srcset(url: str) -> str:
    """All sizes of a picture for the browser to choose from; "" for a picture that has only one."""
    if not PICTURE_SIZE.search(url):
        return ""
    return ", ".join(f"{sized(url, side)} {side}w" for side in PICTURE_SIDES)


def absolute(url: str) -> str:
    """The whole address of what has this one on the site, for who reads it elsewhere."""
    return f"{request.host_url.rstrip('/')}{url}"


def number(value: float) -> str:
    """1204 → 1,204."""
    return f"{value:,}"


def local(moment: datetime) -> datetime:
    """A moment on the clock of the site's time zone."""
    return moment.astimezone(ZoneInfo(site_settings().time_zone))


def day(moment: datetime | date | None) -> str:
    """12 November 2026, in the site's time zone."""
    if moment is None:
        return ""
    when = local(moment) if isinstance(moment, datetime) else moment
    return f"{when.day} {when:%B %Y}"


def moment(at: datetime) -> str:
    """12 November 2026, 09:05 CET: in the site's time zone, which is named, since who reads it may live in another."""
    here = local(at)
    zone = here.tzname() or ""
    return f"{day(at)}, {here:%H:%M} {'UTC' if zone[:1] in '+-' else ''}{zone}"


def brief(at: datetime) -> str:
    """12 Nov, 09:05, in the site's time zone: for columns of pages that say whose clock it is."""
    here = local(at)
    return f"{here.day} {here:%b, %H:%M}"


def detail(value: Any) -> str:
    """What a log keeps as JSON, as people read it: a moment on the site's clock, a list as its words."""
    if isinstance(value, str) and "T" in value:
        with suppress(ValueError, OverflowError):  # the first and last days of all years are none on some clocks
            at = datetime.fromisoformat(value)
            return moment(at) if at.tzinfo else value
    if isinstance(value, list):
        return ", ".join(detail(one) for one in value)
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def init_app(app: Flask) -> None:
    app.extensions["asset_addresses"] = {}

    @app.context_processor
    def common() -> dict[str, Any]:
        return {"site_name": site_settings().name, "signed_in": signed_in()}

    # As globals, the same for every page, they are there in macros too, which Jinja then makes only once.
    app.jinja_env.globals.update(
        asset=asset,
        csp_nonce=csp_nonce,
        may=may,
        nav_entries=nav_entries,
        nav_groups=nav_groups,
        slot=slot,
    )

    filters: Iterable[Any] = (
        *(absolute, brief, detail, duration, long_duration, number, day, local, moment),
        *(marked, sized, srcset, wave_path),
    )
    for function in filters:
        app.add_template_filter(function)
    app.jinja_env.policies["json.dumps_kwargs"] = {"sort_keys": False}
