"""The audit log: who did what to the site and its people, when and why. It is only ever added to."""

from musicapp.audit.recording import record

__all__ = ["record"]
