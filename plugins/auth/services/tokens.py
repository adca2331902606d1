"""Tokens of the API: a signed JWT that names a sign-in row. What it may do is what the row's person may do now."""

import hmac
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any

import sqlalchemy as sa
from flask import current_app
from itsdangerous import BadSignature
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import OctKey
from joserfc.jwt import JWTClaimsRegistry

from musicapp.clock import now
from musicapp.database import db, writing
from musicapp.errors import Invalid
from plugins.auth.models import SignIn, User
from plugins.auth.services.sign_ins import start_sign_in

ALGORITHM = "HS256"
LONGEST = 2048
REMEMBERED = 1024
DEVICE = "API"
NO_TOKEN = "This is no token of this site, or it has expired."


class Tokens:
    """Makes and reads the site's JWTs; has the `dumps` and `loads` that Flask-Security expects of a serializer."""

    def __init__(self, secret_key: str, issuer: str) -> None:
        self.key = OctKey.import_key(hmac.digest(secret_key.encode(), b"auth.tokens", "sha256"))
        self.issuer = issuer
        # A signature that was right stays right, and checking it is dear; whether the sign-in still lives is asked
        # of its row with every request.
        self.verified = lru_cache(REMEMBERED)(self.verify)

    def sign(self, sign_in: SignIn, issued_at: datetime) -> str:
        claims = {
            "iss": self.issuer,
            "sub": str(sign_in.user_id),
            "jti": sign_in.id,
            "iat": int(issued_at.timestamp()),
            "exp": int(sign_in.expires_at.timestamp()),
        }
        return jwt.encode({"alg": ALGORITHM, "typ": "JWT"}, claims, self.key, algorithms=[ALGORITHM])

    def claims(self, text: str) -> dict[str, Any]:
        """What a token says, once signature, issuer and time are right; raises BadSignature."""
        if len(text) > LONGEST:
            raise BadSignature("This is too long for a token.")
        try:
            claims = self.verified(text)
        except (JoseError, ValueError, TypeError) as error:
            raise BadSignature(NO_TOKEN) from error
        if claims["exp"] <= now().timestamp():
            raise BadSignature(NO_TOKEN)
        return claims

    def verify(self, text: str) -> dict[str, Any]:
        claims = jwt.decode(text, self.key, algorithms=[ALGORITHM]).claims
        self.rules().validate(claims)
        return claims

    def rules(self) -> JWTClaimsRegistry:
        return JWTClaimsRegistry(
            now=int(now().timestamp()),
            iss={"essential": True, "value": self.issuer},
            jti={"essential": True},
            iat={"essential": True},
            exp={"essential": True},
        )

    def dumps(self, said: dict[str, Any]) -> str:
        """A token for Flask-Security's `user.get_auth_token()`; like every token it gets a row of its own."""
        user = db.session.scalars(sa.select(User).where(User.fs_uniquifier == said["uid"])).one()
        with writing():
            sign_in = start_sign_in(user.id, "token", DEVICE, current_app.config["SECURITY_TOKEN_MAX_AGE"])
        return self.sign(sign_in, now())

    def loads(self, text: str, **_rules: Any) -> dict[str, Any]:
        claims = self.claims(text)
        return {"ver": "5", "jti": claims["jti"], "fs_paa": claims["iat"], "exp": claims["exp"]}


def tokens() -> Tokens:
    """The maker of this site's tokens."""
    found: Tokens = current_app.extensions["security"].remember_token_serializer
    return found


def token_of(sign_in_id: str) -> str:
    """The text of the token that names this sign-in."""
    return tokens().sign(db.session.get_one(SignIn, sign_in_id), now())


def make_named_token(person_id: int, name: str, days: int) -> tuple[SignIn, str]:
    """A token that a person keeps for a program of theirs: its row, and its text, which is shown once."""
    name = name.strip()
    if not 1 <= len(name) <= 60:
        raise Invalid("Give the token a name.", {"name": ["A name of 1 to 60 characters helps to know it later."]})
    sign_in = start_sign_in(person_id, "token", DEVICE, timedelta(days=days), name=name)
    return sign_in, tokens().sign(sign_in, now())
