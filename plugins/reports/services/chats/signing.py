"""Signatures of what goes to a webhook, as the Standard Webhooks describe them: HMAC of id, time and body."""

import base64
import hashlib
import hmac
import secrets

PREFIX = "whsec_"


def new_secret() -> str:
    """A secret for one webhook, as its receiver is given it."""
    return PREFIX + base64.b64encode(secrets.token_bytes(32)).decode()


def signed(secret: str, message_id: str, at_s: int, body: bytes) -> dict[str, str]:
    """The headers of a body that is sent at this second since 1970; the id stays the same when it is sent again."""
    key = base64.b64decode(secret.removeprefix(PREFIX))
    signature = hmac.new(key, f"{message_id}.{at_s}.".encode() + body, hashlib.sha256).digest()
    return {
        "webhook-id": message_id,
        "webhook-timestamp": str(at_s),
        "webhook-signature": f"v1,{base64.b64encode(signature).decode()}",
    }
