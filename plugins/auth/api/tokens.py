"""Named tokens for programs."""

from flask import Response, url_for
from flask_login import current_user

from musicapp.api import answer
from plugins.auth import plugin
from plugins.auth.api.account import SECRET
from plugins.auth.models import SignIn
from plugins.auth.services import sign_ins, tokens
from plugins.auth.shapes import NewTokenShape, TokenBody, TokenShape


@plugin.api.get("/tokens", permission="member", answer=list[TokenShape])
def all_tokens() -> Response:
    """One's own named tokens, without their texts."""
    shapes = [token_shape(row).model_dump(mode="json") for row in sign_ins.named_tokens_of(current_user.id)]
    return answer(shapes)


@plugin.api.post("/tokens", permission="member", body=TokenBody, answer=NewTokenShape)
def make_token(body: TokenBody) -> Response:
    """Make a token for a program; its text is in this answer and nowhere else."""
    row, text = tokens.make_named_token(current_user.id, body.name, body.days)
    shape = NewTokenShape(**token_shape(row).model_dump(), token=text)
    location = url_for("auth.api.end_token", token_id=row.id)
    return answer(shape, "Keep this token: it is not shown again.", 201, location=location, headers=SECRET)


@plugin.api.delete("/tokens/<token_id>", permission="member")
def end_token(token_id: str) -> Response:
    """End a token of one's own at once."""
    sign_ins.end_sign_in(current_user.id, token_id)
    return answer(None, "That token has ended.")


def token_shape(row: SignIn) -> TokenShape:
    return TokenShape(
        id=row.id,
        name=row.name or row.device,
        created_at=row.created_at,
        last_used_at=row.last_used_at,
        expires_at=row.expires_at,
    )
