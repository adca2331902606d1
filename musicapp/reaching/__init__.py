"""Reaching other sites from this one, so that nobody can make it talk to what lies in a private network."""

from musicapp.reaching.calling import Answer, send
from musicapp.reaching.refusals import NotAllowed, NotReached
from musicapp.reaching.resolving import Resolver, resolve
from musicapp.reaching.targets import Target, checked_target

__all__ = ["Answer", "NotAllowed", "NotReached", "Resolver", "Target", "checked_target", "resolve", "send"]
