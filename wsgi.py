"""The site for any WSGI server and for the `flask` command: `flask --app wsgi …`, `gunicorn wsgi:app`."""

import gc
import sys

from musicapp import create_app
from musicapp.rescue import is_asked_for, rescue_app

# Nothing that is made while the site starts is ever garbage: looking for some took a fifth of the start.
gc.disable()
app = rescue_app() if is_asked_for(sys.argv[1:]) else create_app()
gc.freeze()
gc.enable()
