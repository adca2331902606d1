"""Every setting of the site, with its default. Set one as `MUSICAPP_<NAME>` in the environment or in `.env`.

The settings of plugins stand with the plugins; `docs/settings.md` lists them all.
"""

from pathlib import Path
from typing import Literal, Self

from pydantic import field_validator, model_validator

from musicapp.outside import proxy_addresses, site_address
from musicapp.settings import Settings, setting

ROOT = Path(__file__).resolve().parent


class Config(Settings):
    """What one running site is told from outside."""

    instance: Path = setting(ROOT / "instance", "Folder of the database, media, secrets and the owner's templates.")
    host: str = setting("127.0.0.1", "Address that the web server listens on.", bare=("HOST",))
    port: int = setting(5000, "Port that the web server listens on.", bare=("PORT",), ge=1, le=65535)
    site_url: str = setting("", "The one address of the site, used in links and mails. Default: localhost and PORT.")
    trusted_proxies: list[str] = setting([], "Addresses of reverse proxies whose forwarded headers are believed.")
    send_files_by: Literal["app", "accel"] = setting(
        "app", "`accel`: a server in front (nginx) sends files that a view names by X-Accel-Redirect."
    )
    web_workers: int = setting(2, "Processes that serve pages.", ge=1, le=64)
    web_threads: int = setting(8, "Threads in each of them.", ge=1, le=256)
    spool_mb: int = setting(2048, "Disk that unfinished uploads may take in all, in MB.", ge=16)

    s3_bucket: str = setting("", "Bucket of an S3-compatible store for music and covers. Default: local disk.")
    s3_endpoint: str = setting("", "Its address, as https://s3.example.org. Default: Amazon's for the region.")
    s3_public_endpoint: str = setting("", "Its address as browsers reach it, where that is another.")
    s3_region: str = setting("", "Its region.")
    s3_key_id: str = setting("", "Access key. Default: what the AWS environment gives.")
    s3_secret_key: str = setting("", "Secret of that key.")
    s3_prefix: str = setting("", "What this site's keys begin with, as `music/`, in a bucket that others use too.")
    s3_address_minutes: int = setting(60, "Minutes for which a browser may fetch from an address.", ge=20, le=10080)

    secret_key: str = setting("", "Signs sessions and tokens. Default: made at first start.", bare=("SECRET_KEY",))
    security_password_salt: str = setting(
        "", "Salts password hashes. Default: made at first start.", bare=("SECURITY_PASSWORD_SALT",)
    )
    database_url: str = setting(
        "",
        "SQLite or PostgreSQL, as an SQLAlchemy URL. Default: SQLite in the instance folder.",
        bare=("DATABASE_URL", "SQLALCHEMY_DATABASE_URI"),
    )
    redis_url: str = setting("", "Redis to use. Default: an embedded one.", bare=("REDIS_URL",))
    redis_host: str = setting("", "Host of the Redis to use, where no URL is given.", bare=("REDIS_HOST",))
    redis_port: int = setting(6379, "Its port.", bare=("REDIS_PORT",), ge=1, le=65535)
    cors_origins: list[str] = setting([], "Other sites whose pages may call the API.", bare=("CORS_ORIGINS",))
    reach_private: list[str] = setting(
        [], "Hosts and networks of your own that the site may reach though they are private, at any port: chat.lan."
    )

    plugins: list[str] = setting(["*"], "Plugins to run: names, and `*` for all that lie in the plugin folders.")
    visitors: Literal["listen", "browse", "nothing"] = setting(
        "listen", "What people who are not signed in may do, on pages and in the API."
    )

    job_lease_s: float = setting(
        30, "Seconds without a sign of life after which a job is given to another worker.", ge=0.5
    )
    job_sweep_s: float = setting(10, "Seconds between two looks for jobs that are due.", ge=0.1)

    ffmpeg: str = setting("", "The ffmpeg to use, as a path. Default: the one on PATH, otherwise one that is fetched.")
    ffmpeg_download: bool = setting(
        True, "Whether the worker may fetch ffmpeg when a song needs it and there is none (up to 68 MB)."
    )

    mail_server: str = setting("", "SMTP server. Without one no mail is sent and accounts need no confirmation.")
    mail_port: int = setting(587, "Its port.", ge=1, le=65535)
    mail_username: str = setting("", "Name to log in there with.")
    mail_password: str = setting("", "Password to log in there with.")
    mail_encryption: Literal["starttls", "tls", "none"] = setting("starttls", "How the connection is protected.")
    mail_from: str = setting("", "Sender of the site's mails. Default: musicapp@ the site's host.")

    backup_folder: str = setting(
        "", "Folder into which the site is saved every night, best on another disk. Default: it is not."
    )
    backup_keep: int = setting(7, "How many of these backups are kept.", ge=1, le=1000)

    admin_email: str = setting("", "Makes the first admin without the set-up page.")
    admin_password: str = setting("", "Password of that admin.")
    demo: bool = setting(False, "Load the demo music and its people at first start.")

    metrics_token: str = setting("", "Token with which Prometheus reads /metrics. Default: only this machine may.")
    disk_free_mb: int = setting(2048, "Free disk in MB below which the health page warns.", ge=0)

    log_format: Literal["text", "json"] = setting("text", "Lines for people or for machines.")
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = setting("INFO", "The least that is logged.")
    testing: bool = setting(False, "Set by tests: failing first-party plugins refuse to start.")
    debug: bool = setting(False, "Development: as tests, and templates are read anew.", bare=("FLASK_DEBUG",))

    @field_validator("site_url")
    @classmethod
    def an_address_of_its_own(cls, told: str) -> str:
        """What every link and mail begins with."""
        return site_address(told) if told else ""

    @field_validator("trusted_proxies")
    @classmethod
    def by_their_addresses(cls, told: list[str]) -> list[str]:
        """One that is named otherwise would never be recognised, and its word not believed."""
        return proxy_addresses(told)

    @model_validator(mode="after")
    def fill_in(self) -> Self:
        """Defaults that depend on other settings."""
        self.instance = self.instance.expanduser().absolute()
        self.site_url = self.site_url or f"http://localhost:{self.port}"
        self.database_url = self.database_url or f"sqlite:///{self.instance / 'musicapp.db'}"
        self.database_url = self.database_url.replace("postgres://", "postgresql://", 1)
        if self.database_url.startswith("postgresql://"):
            self.database_url = self.database_url.replace("postgresql://", "postgresql+psycopg://", 1)
        return self
