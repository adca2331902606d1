"""A program that speaks tus 1.0, for tests of uploads in pieces."""

import base64
from dataclasses import dataclass
from typing import Any

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.plugins.catalog.music import Headers

TUS = {"Tus-Resumable": "1.0.0"}
PIECE = TUS | {"Content-Type": "application/offset+octet-stream"}


def metadata(**said: str) -> str:
    """What is said about a file, as tus writes it."""
    return ",".join(f"{name} {base64.b64encode(text.encode()).decode()}" for name, text in said.items())


def begin(client: FlaskClient, headers: Headers, size_bytes: int, name: str = "neap.mp3", **said: str) -> TestResponse:
    """Ask for an upload of so many bytes."""
    length = {"Upload-Length": str(size_bytes), "Upload-Metadata": metadata(filename=name, **said)}
    return client.post("/api/uploads", headers=headers | TUS | length)


@dataclass
class Sending:
    """An upload that is under way."""

    client: FlaskClient
    headers: Headers
    content: bytes
    address: str

    def send(self, first: int, last: int | None = None, **options: Any) -> TestResponse:
        """Send the bytes from `first` to `last`."""
        piece = self.headers | PIECE | {"Upload-Offset": str(first)} | options.pop("headers", {})
        return self.client.patch(self.address, data=self.content[first:last], headers=piece, **options)

    def offset(self) -> int:
        """How much of it the site says is here."""
        answer = self.client.head(self.address, headers=self.headers | TUS)
        assert answer.status_code == 200
        assert "no-store" in answer.headers["Cache-Control"]
        return int(answer.headers["Upload-Offset"])

    def cancel(self) -> TestResponse:
        return self.client.delete(self.address, headers=self.headers | TUS)

    @property
    def state(self) -> Any:
        """What the API says of it."""
        return self.client.get(self.address, headers=self.headers).json["data"]

    @property
    def id(self) -> str:
        return self.address.rpartition("/")[2]


def begun(client: FlaskClient, headers: Headers, content: bytes, **said: str) -> Sending:
    """An upload to which nothing was sent yet."""
    answer = begin(client, headers, len(content), **said)
    assert answer.status_code == 201, answer.text
    return Sending(client, headers, content, answer.headers["Location"])
