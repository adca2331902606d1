"""The site for any WSGI server and for the `flask` command: `flask --app wsgi …`, `gunicorn wsgi:app`."""

from musicapp import create_app

app = create_app()
