"""What the API takes and gives of accounts. Nothing else can be set: no id, no role of staff, no confirmation."""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import BaseModel, Field, StringConstraints

from musicapp.api import Body
from plugins.auth.models import LONGEST_ADDRESS, LONGEST_NAME

Address = Annotated[str, StringConstraints(max_length=LONGEST_ADDRESS)]
Name = Annotated[str, StringConstraints(min_length=1, max_length=LONGEST_NAME)]
Code = Annotated[str, StringConstraints(max_length=40)]
Password = Annotated[str, StringConstraints(strip_whitespace=False, min_length=1, max_length=1000)]


class SignUpBody(Body):
    name: Name
    email: Address
    password: Password
    role: Literal["user", "artist"] = Field("user", description="Without an invitation, whose role counts before it.")
    invitation: str = Field("", max_length=500, description="The code of an invitation, or its whole link.")


class LogInBody(Body):
    email: Address
    password: Password
    code: Code = Field("", description="Of the second factor where it is on, or a recovery code.")


class AccountChange(Body):
    name: Name | None = None
    current_password: Password | None = None
    new_password: Password | None = None


class TokenBody(Body):
    name: Annotated[str, StringConstraints(min_length=1, max_length=60)]
    days: int = Field(90, ge=1, le=365, description="Days that the token is good for.")


class AccountShape(BaseModel):
    id: int
    name: str
    email: str
    roles: list[str]
    created_at: datetime
    last_seen_at: datetime | None


class EnteredShape(BaseModel):
    token: str
    expires_at: datetime
    user: AccountShape


class TokenShape(BaseModel):
    id: str
    name: str
    created_at: datetime
    last_used_at: datetime
    expires_at: datetime


class NewTokenShape(TokenShape):
    token: str
