"""What `make run` starts: Redis, the worker and the web server, as one site with one end."""

from musicapp.supervisor.process import CannotStart, Process
from musicapp.supervisor.supervise import Supervisor

__all__ = ["CannotStart", "Process", "Supervisor"]
