"""Strangers' music and pictures: what they are, what they hold, and what we make of them."""

from .collection.facts import Facts
from .collection.length import Length
from .collection.readers import Readers, Wanted
from .ffmpeg.encoding import MIMES as VERSION_MIMES
from .ffmpeg.encoding import VersionFormat
from .ffmpeg.fetching import NotFetched
from .ffmpeg.fetching import fetch as fetch_ffmpeg
from .ffmpeg.finding import find as find_ffmpeg
from .ffmpeg.wheels import Wheel, wheel_here
from .isolation import ChildFailed
from .kinds import LOSSLESS_MIMES, UNPLAYABLE_MIMES, AudioKind
from .opening import open_regular
from .pictures import Cover, make_cover
from .refusals import PictureRefused, Refused, Unreadable
from .safely import encode_safely, examine_safely, make_cover_safely, read_tags_safely
from .sniffing import recognise, sniff, what_is_it
from .sound import Examined, Sound, examine, measure, peaks
from .tags import Tags, read_tags
from .tint import tint_of

__all__ = [
    "LOSSLESS_MIMES",
    "UNPLAYABLE_MIMES",
    "VERSION_MIMES",
    "AudioKind",
    "ChildFailed",
    "Cover",
    "Examined",
    "Facts",
    "Length",
    "NotFetched",
    "PictureRefused",
    "Readers",
    "Refused",
    "Sound",
    "Tags",
    "Unreadable",
    "VersionFormat",
    "Wanted",
    "Wheel",
    "encode_safely",
    "examine",
    "examine_safely",
    "fetch_ffmpeg",
    "find_ffmpeg",
    "make_cover",
    "make_cover_safely",
    "measure",
    "open_regular",
    "peaks",
    "read_tags",
    "read_tags_safely",
    "recognise",
    "sniff",
    "tint_of",
    "what_is_it",
    "wheel_here",
]
