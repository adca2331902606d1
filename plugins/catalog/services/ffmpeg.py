"""The ffmpeg of this site: asked for by who takes files, fetched by the worker when none is there."""

from pathlib import Path

from flask import current_app

from plugins.catalog.media import NotFetched, fetch_ffmpeg, find_ffmpeg, wheel_here

INSTALL = "Install ffmpeg on the server, or name it by MUSICAPP_FFMPEG."


class FfmpegMissing(RuntimeError):
    """There is no ffmpeg and none could be fetched; the text is a sentence for the site's owner."""


def tools() -> Path:
    """The folder of programs that were fetched."""
    return Path(current_app.config["INSTANCE"]) / "tools"


def may_use_ffmpeg() -> bool:
    """Whether files that take ffmpeg can be worked on: it is here, or the worker may fetch it."""
    found = find_ffmpeg(current_app.config["FFMPEG"], tools())
    return found is not None or (may_fetch() and wheel_here() is not None)


def may_fetch() -> bool:
    return bool(current_app.config["FFMPEG_DOWNLOAD"]) and not current_app.config["FFMPEG"]


def ffmpeg_for_work() -> str:
    """The path of ffmpeg, fetched if it must be, which takes a while: for jobs. Raises FfmpegMissing."""
    found = find_ffmpeg(named := current_app.config["FFMPEG"], tools())
    if found is not None:
        return found
    if named:
        raise FfmpegMissing(f"MUSICAPP_FFMPEG names {named}, which is not a program that can be run.")
    wheel = wheel_here()
    if not may_fetch() or wheel is None:
        raise FfmpegMissing(f"There is no ffmpeg on this server. {INSTALL}")
    try:
        return fetch_ffmpeg(wheel, tools())
    except NotFetched as failed:
        raise FfmpegMissing(f"{failed} {INSTALL}") from failed
