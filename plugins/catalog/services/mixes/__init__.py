"""Mixes made for one listener, each from something that they can understand."""

from plugins.catalog.services.mixes.kinds import MIX_KINDS, WIDE_KINDS
from plugins.catalog.services.mixes.making import Mix, made_for, mix_of

__all__ = ["MIX_KINDS", "WIDE_KINDS", "Mix", "made_for", "mix_of"]
