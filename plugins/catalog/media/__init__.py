"""Strangers' music and pictures: what they are, what they hold, and what we make of them."""

from .isolation import ChildFailed
from .kinds import AudioKind
from .pictures import Cover, make_cover
from .refusals import PictureRefused, Refused, Unreadable
from .safely import examine_safely, make_cover_safely, read_tags_safely
from .sniffing import recognise, sniff, what_is_it
from .sound import Examined, Sound, examine, measure, peaks
from .tags import Tags, read_tags
from .tint import tint_of

__all__ = [
    "AudioKind",
    "ChildFailed",
    "Cover",
    "Examined",
    "PictureRefused",
    "Refused",
    "Sound",
    "Tags",
    "Unreadable",
    "examine",
    "examine_safely",
    "make_cover",
    "make_cover_safely",
    "measure",
    "peaks",
    "read_tags",
    "read_tags_safely",
    "recognise",
    "sniff",
    "tint_of",
    "what_is_it",
]
