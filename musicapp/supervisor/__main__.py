"""`python -m musicapp.supervisor [--demo] [--only web|worker]`: the site in this terminal, until Ctrl-C."""

import argparse
import asyncio
import os
import resource
import sys
from collections.abc import Callable, MutableMapping
from pathlib import Path

from config import ROOT, Config
from musicapp.redis import EmbeddedRedis, NoEngine, RedisError
from musicapp.redis.address import given_address
from musicapp.secrets import kept_secret
from musicapp.settings import SettingsError, environment
from musicapp.supervisor.console import Console
from musicapp.supervisor.instance import only_one, setup_address
from musicapp.supervisor.port import is_taken
from musicapp.supervisor.process import CannotStart
from musicapp.supervisor.site import stages
from musicapp.supervisor.supervise import Stages, Supervisor

FILES = 65536
DEMO_ADMIN = "admin@example.org"
PASSWORD_LENGTH = 16
PARTS = ("web", "worker")
Table = Callable[[Config, EmbeddedRedis | None], Stages]


def main(table: Table = stages) -> int:
    """Run the processes of `table` for the instance that the environment names: the exit code."""
    options = argparse.ArgumentParser(prog="musicapp.supervisor", description=__doc__)
    options.add_argument("--demo", action="store_true", help="a site with demo music, in a folder of its own")
    options.add_argument("--only", choices=PARTS, default="", help="one part of it, beside a Redis of your own")
    chosen = options.parse_args()
    allow_many_listeners()
    try:
        if chosen.demo:
            ask_for_demo(os.environ)
        config = Config.read(environment(ROOT / ".env"))
        with only_one(config.instance, f"process {os.getpid()}, {config.site_url}", chosen.only):
            keep_secrets(config)
            return serve(config, table, chosen.only)
    except (CannotStart, SettingsError, NoEngine, RedisError, ValueError) as problem:
        print(problem, file=sys.stderr)
        return 1


def ask_for_demo(environ: MutableMapping[str, str]) -> None:
    """A folder of its own, the demo's music and people, and an admin with a password that is made at first start."""
    instance = Path(environ.setdefault("MUSICAPP_INSTANCE", str(ROOT / "instance-demo")))
    environ["MUSICAPP_DEMO"] = "1"
    environ.setdefault("MUSICAPP_ADMIN_EMAIL", DEMO_ADMIN)
    environ.setdefault("MUSICAPP_ADMIN_PASSWORD", kept_secret(instance, "demo_password")[:PASSWORD_LENGTH])


def keep_secrets(config: Config) -> None:
    """Make or check what every process of the site reads, so that what is wrong with it is told once."""
    for name in ("secret_key", "security_password_salt"):
        kept_secret(config.instance, name, getattr(config, name))


def allow_many_listeners() -> None:
    """Every listener is an open file of the web server; many systems allow 1,024 until one asks for more."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = FILES if hard == resource.RLIM_INFINITY else min(FILES, hard)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))


def serve(config: Config, table: Table, only: str = "") -> int:
    """Run the site, or one part of it, in the instance folder that is ours by now."""
    if only != "worker" and is_taken(config.host, config.port):
        raise CannotStart(
            f"Port {config.port} on {config.host} is taken by another program. "
            f"Stop that one, or choose another port: PORT={config.port + 1} make run"
        )
    given = given_address({name.upper(): value for name, value in config.model_dump().items()})
    if only and not given:
        raise CannotStart(
            f"With --only {only} the parts of the site meet in a Redis of your own: name it in MUSICAPP_REDIS_URL."
        )
    redis = None if given else EmbeddedRedis(config.instance)
    if redis:
        redis.prepare()
    try:
        planned = [stage for stage in table(config, redis) if not only or only in {process.name for process in stage}]
        console = Console(sys.stdout, [process.name for stage in planned for process in stage])

        def ready() -> None:
            console.say(f"The {only} of musicapp runs." if only else f"musicapp is ready: {config.site_url}")
            if only == "worker":
                return
            if address := setup_address(config.instance):
                console.say(f"It has no admin yet. Set it up here: {address}")
            elif config.demo:
                roles = f"{config.admin_email}, moderator@example.org, artist@example.org or listener@example.org"
                console.say(f"Log in as {roles}: {config.admin_password}")

        return asyncio.run(Supervisor(planned, console, ROOT, ready).run())
    finally:
        if redis:
            redis.clear()


if __name__ == "__main__":
    sys.exit(main())
