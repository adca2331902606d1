"""What the kernel tells plugins of the site itself."""

from dataclasses import dataclass


@dataclass(frozen=True)
class SiteStarted:
    """The app is made and all its plugins run; told once in each process, and by commands too."""
