"""The Flask extensions, one instance each; the factory gives them to the app."""

from flask_caching import Cache
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address
from flask_mailman import Mail
from flask_wtf import CSRFProtect

from musicapp.database import db

__all__ = ["cache", "csrf", "db", "limiter", "mail"]

cache = Cache()
csrf = CSRFProtect()
limiter = Limiter(get_remote_address, strategy="fixed-window")
mail = Mail()
