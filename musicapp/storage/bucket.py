"""One bucket of an S3-compatible store, and what the site asks of it. boto3 is loaded only where a bucket is set."""

import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from musicapp.errors import Unavailable
from musicapp.settings import SettingsError

PART_BYTES = 8 << 20
CONNECT_S = 3
READ_S = 20
SIGNED_KEPT = 4096
NOT_INSTALLED = (
    "MUSICAPP_S3_BUCKET is set, and the library that talks to such stores is not installed. Type:\n"
    "    .venv/bin/python -m pip install -r requirements-s3.txt"
)


class Missing(LookupError):
    """The bucket holds nothing under this key."""


class StoreAway(Unavailable):
    """The bucket does not answer, or refuses us."""

    def __init__(self) -> None:
        super().__init__("The place where this site keeps its files does not answer. Try again in a minute.", 60)


class Bucket:
    """A bucket, and the prefix under which this site's keys stand in it.

    `signing` makes the addresses that browsers get; it differs from `client` where they reach the store by another
    name. `lasts_s` is how long such an address is good for.
    """

    def __init__(self, name: str, prefix: str, client: Any, signing: Any, lasts_s: int) -> None:
        self.name = name
        self.prefix = prefix
        self.client = client
        self.signing = signing
        self.lasts_s = lasts_s
        self.signed = lru_cache(SIGNED_KEPT)(self._sign)

    @property
    def origin(self) -> str:
        """Scheme and host of the addresses that browsers get."""
        address = urlsplit(self.address("x"))
        return f"{address.scheme}://{address.netloc}"

    def put(self, path: Path, key: str) -> None:
        """Bring a file there, in parts when it is large; it shows up whole or not at all."""
        from boto3.s3.transfer import TransferConfig

        parts = TransferConfig(multipart_threshold=PART_BYTES, multipart_chunksize=PART_BYTES, max_concurrency=4)
        with asked_of_the_store():
            self.client.upload_file(str(path), self.name, self.prefix + key, Config=parts)

    def fetch(self, key: str, path: Path) -> None:
        """Bring a file here; raises Missing."""
        with asked_of_the_store():
            self.client.download_file(self.name, self.prefix + key, str(path))

    def has(self, key: str) -> bool:
        try:
            with asked_of_the_store():
                self.client.head_object(Bucket=self.name, Key=self.prefix + key)
        except Missing:
            return False
        return True

    def came_at(self, key: str) -> float:
        """When a file was put here, in s since 1970; raises Missing."""
        with asked_of_the_store():
            put_at: datetime = self.client.head_object(Bucket=self.name, Key=self.prefix + key)["LastModified"]
            return put_at.timestamp()

    def delete(self, key: str) -> None:
        """Remove a file; one that is already gone is no error."""
        with asked_of_the_store():
            self.client.delete_object(Bucket=self.name, Key=self.prefix + key)

    def walk(self, begins: str = "") -> Iterator[str]:
        """Keys of all files of this site, or of those that begin like this."""
        with asked_of_the_store():
            pages = self.client.get_paginator("list_objects_v2").paginate(Bucket=self.name, Prefix=self.prefix + begins)
            for page in pages:
                for found in page.get("Contents", ()):
                    yield found["Key"].removeprefix(self.prefix)

    def check(self) -> None:
        """Ask whether the bucket is there for us; raises Missing and StoreAway."""
        with asked_of_the_store():
            self.client.head_bucket(Bucket=self.name)

    def address(self, key: str, *, method: str = "GET", **said: str) -> str:
        """Where a browser fetches a file; `said` are the headers that the store is to answer with, as S3 names them.

        The same question gets the same address for half its life, so that browsers can keep what they fetched.
        """
        half_life = int(time.time() // (self.lasts_s / 2))
        return self.signed(key, method, tuple(sorted(said.items())), half_life)

    def _sign(self, key: str, method: str, said: tuple[tuple[str, str], ...], _half_life: int) -> str:
        wanted: Mapping[str, str] = {"Bucket": self.name, "Key": self.prefix + key, **dict(said)}
        verb = "head_object" if method == "HEAD" else "get_object"
        url: str = self.signing.generate_presigned_url(verb, Params=wanted, ExpiresIn=self.lasts_s)
        return url


@contextmanager
def asked_of_the_store() -> Iterator[None]:
    """Tell what is missing from what does not work, in the words of this site."""
    from boto3.exceptions import Boto3Error
    from botocore.exceptions import BotoCoreError, ClientError

    try:
        yield
    except ClientError as error:
        status = error.response.get("ResponseMetadata", {}).get("HTTPStatusCode")
        if status == 404 and error.operation_name in ("HeadObject", "GetObject", "HeadBucket"):
            raise Missing from error
        raise StoreAway from error
    except (BotoCoreError, Boto3Error) as error:
        raise StoreAway from error


def open_bucket(settings: Mapping[str, Any]) -> Bucket:
    """The bucket that the settings name; raises SettingsError where boto3 is not installed. Asks nothing yet."""
    try:
        import boto3
        from botocore.config import Config
    except ImportError:
        raise SettingsError(NOT_INSTALLED) from None

    def client(endpoint: str) -> Any:
        return boto3.session.Session().client(
            "s3",
            endpoint_url=endpoint or None,
            region_name=settings["S3_REGION"] or None,
            aws_access_key_id=settings["S3_KEY_ID"] or None,
            aws_secret_access_key=settings["S3_SECRET_KEY"] or None,
            config=Config(
                signature_version="s3v4",
                s3={"addressing_style": "path" if endpoint else "virtual"},
                connect_timeout=CONNECT_S,
                read_timeout=READ_S,
                retries={"mode": "standard", "max_attempts": 3},
                request_checksum_calculation="when_required",
                response_checksum_validation="when_required",
            ),
        )

    here = settings["S3_ENDPOINT"]
    outside = settings["S3_PUBLIC_ENDPOINT"] or here
    talking = client(here)
    signing = talking if outside == here else client(outside)
    return Bucket(settings["S3_BUCKET"], settings["S3_PREFIX"], talking, signing, settings["S3_ADDRESS_MINUTES"] * 60)
