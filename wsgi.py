"""The site for any WSGI server and for the `flask` command: `flask --app wsgi …`, `gunicorn wsgi:app`."""

import gc

from musicapp import create_app

# Nothing that is made while the site starts is ever garbage: looking for some took a fifth of the start.
gc.disable()
app = create_app()
gc.freeze()
gc.enable()
