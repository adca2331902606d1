"""How often something may be tried: counted in the database, so that it holds in every process and without Redis."""

from musicapp.throttle.networks import network_of
from musicapp.throttle.purses import Purse, forget, forget_ended, forgive, spend

__all__ = ["Purse", "forget", "forget_ended", "forgive", "network_of", "spend"]
