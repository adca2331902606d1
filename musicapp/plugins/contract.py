"""The contract: a plugin is a Flask blueprint with a few more words. `docs/plugins.md` shows each of them."""

import difflib
import re
from collections.abc import Callable
from typing import Any, NoReturn, TypeVar, cast

from flask import Blueprint, current_app
from flask.sansio.blueprints import Blueprint as SansioBlueprint
from pydantic import BaseModel

from musicapp.api import endpoint_view
from musicapp.plugins.declared import (
    Contribution,
    Declared,
    Filling,
    Function,
    JobKind,
    Listener,
    NavEntry,
    Route,
    Rule,
    Search,
)
from musicapp.plugins.problems import ContractError

F = TypeVar("F", bound=Function)
M = TypeVar("M", bound=BaseModel)

NAME = re.compile(r"[a-z][a-z0-9]*")
DEFAULT_MAX_BODY = 1024 * 1024
APP_WIDE = (
    "before_app_request",
    "after_app_request",
    "teardown_app_request",
    "app_errorhandler",
    "app_url_value_preprocessor",
    "app_url_defaults",
    "app_context_processor",
)


class Routes(Blueprint):
    """A blueprint whose every route declares who may use it."""

    declared: Declared
    prefix: str

    def add_url_rule(
        self,
        rule: str,
        endpoint: str | None = None,
        view_func: Function | None = None,
        provide_automatic_options: bool | None = None,
        *,
        permission: str | None = None,
        max_body: int = DEFAULT_MAX_BODY,
        body: type[BaseModel] | None = None,
        query: type[BaseModel] | None = None,
        answer: Any = None,
        **options: Any,
    ) -> None:
        """As Flask's, with `permission` and, for `plugin.api`, the shapes of body, query and answer.

        `max_body` is the most bytes a request may carry.
        """
        endpoint = endpoint or str(getattr(view_func, "__name__", ""))
        methods = tuple(sorted({method.upper() for method in options.get("methods") or ["GET"]}))
        self.declared.rules.append(Rule(f"{self.prefix}{rule}", self.full_endpoint(endpoint), methods))
        if permission is None:
            self.declared.bare_endpoints.append(f"{self.prefix}{rule} ({self.full_endpoint(endpoint)})")
        else:
            summary = (view_func.__doc__ or "").strip().split("\n")[0] if view_func else ""
            route = Route(permission, max_body, body, query, answer, summary)
            self.remember(endpoint, route)
        view = self.wrapped(view_func, body, query) if view_func else None
        super().add_url_rule(rule, endpoint, view, provide_automatic_options, **options)

    def full_endpoint(self, endpoint: str) -> str:
        return f"{self.name}.{endpoint}"

    def remember(self, endpoint: str, route: Route) -> None:
        name = self.full_endpoint(endpoint)
        before = self.declared.routes.setdefault(name, route)
        if before.permission != route.permission:
            raise ContractError(f"{name} is declared with two permissions: {before.permission} and {route.permission}.")

    def wrapped(self, view: Function, body: type[BaseModel] | None, query: type[BaseModel] | None) -> Function:
        return view


class Api(Routes):
    """The JSON side of a plugin: `plugin.api`. Bodies and queries are checked before the view runs."""

    def __init__(self, plugin: "Plugin") -> None:
        self.declared = plugin.declared
        self.owner = plugin.name
        self.prefix = plugin.api_prefix
        super().__init__("api", plugin.import_name)

    def full_endpoint(self, endpoint: str) -> str:
        return f"{self.owner}.api.{endpoint}"

    def wrapped(self, view: Function, body: type[BaseModel] | None, query: type[BaseModel] | None) -> Function:
        return endpoint_view(view, body, query)


class Plugin(Routes):
    """One feature of the site: pages under `url_prefix`, JSON under `api_prefix`, and what it tells the others."""

    def __init__(
        self,
        name: str,
        import_name: str,
        *,
        title: str = "",
        requires: list[str] | None = None,
        version: str = "1.0",
        url_prefix: str | None = None,
        api_prefix: str | None = None,
    ) -> None:
        if not NAME.fullmatch(name):
            raise ContractError(f"The name “{name}” must be small letters and digits only: tables are named after it.")
        self.declared = Declared()
        self.title = title or name.capitalize()
        self.requires = list(requires or [])
        self.version = version
        self.prefix = f"/{name}" if url_prefix is None else url_prefix
        self.api_prefix = f"/api/{name}" if api_prefix is None else api_prefix
        super().__init__(name, import_name, template_folder="templates")
        self.api = Api(self)

    def right(self, name: str, roles: list[str]) -> None:
        """Declare a right that `roles` hold; admins hold every right."""
        self.owned(name, "right")
        self.declared.rights[name] = frozenset(roles)

    def nav(
        self,
        label: str,
        endpoint: str = ".index",
        permission: str = "public",
        icon: str = "music",
        place: str = "main",
        count: Callable[[], int] | None = None,
        group: str = "",
    ) -> None:
        """Add a menu entry; `endpoint` may begin with a dot for one of this plugin's own, `count` says what waits.
        In the place "admin", entries with one `group` stand together; without, among those of the system."""
        endpoint = f"{self.name}{endpoint}" if endpoint.startswith(".") else endpoint
        self.declared.nav.append(NavEntry(label, endpoint, permission, icon, place, count, group))

    def on(self, event: type, *, durable: bool = False) -> Callable[[F], F]:
        """Hear of an event after its commit; a `durable` listener is a job in the same commit and never lost."""

        def listen(function: F) -> F:
            self.declared.listeners.append(Listener(self.name, event, function, durable))
            return function

        return listen

    def offers(self, slot: str) -> None:
        """Declare a place in this plugin's pages that others may fill: `{{ slot("owner.place", …) }}`."""
        self.owned(slot, "slot")
        self.declared.slots.append(slot)

    def fills(self, slot: str) -> Callable[[F], F]:
        """Give a fragment for a slot; the function takes what the page hands to the slot, by keyword."""

        def fill(function: F) -> F:
            self.declared.fillings.append(Filling(self.name, slot, function))
            return function

        return fill

    def collects(self, point: str, record: type) -> None:
        """Declare a point for code. `record` is a dataclass: its first field takes the function, the others are
        what a contribution must bring; its `__post_init__` may refuse with a ValueError."""
        self.owned(point, "point")
        self.declared.points[point] = record

    def contributes(self, point: str, **brought: Any) -> Callable[[F], F]:
        """Bring a function, and what the owner of the point asks for, to another plugin's point."""

        def contribute(function: F) -> F:
            self.declared.contributions.append(Contribution(self.name, point, function, brought))
            return function

        return contribute

    def job(self, kind: str, *, schedule: Any = None, long: bool = False) -> Callable[[F], F]:
        """Declare a kind of job: the function takes the running job, then the payload by keyword."""
        from musicapp.jobs.schedule import Schedule

        self.owned(kind, "job")
        if schedule is not None and not isinstance(schedule, Schedule):
            raise ContractError(f"The schedule of “{kind}” must be daily(…), monthly(…) or every(…), not {schedule!r}.")

        def declare(function: F) -> F:
            self.declared.jobs.append(JobKind(self.name, kind, function, schedule, long))
            return function

        return declare

    def search(self, kind: str) -> Callable[[F], F]:
        """Add results of one kind to the search page: `(text, limit) -> list[Found]`."""

        def declare(function: F) -> F:
            self.declared.searches.append(Search(self.name, kind, function))
            return function

        return declare

    def settings(self, model: type[M]) -> Callable[[], M]:
        """Declare typed settings; the answer, called, gives them as they are now in the current app."""
        self.declared.settings = model
        return lambda: cast(M, current_app.extensions["musicapp"].settings_of(self.name, model))

    def health(self, function: F) -> F:
        """Add a check to /readyz and the health page: `() -> Health`."""
        self.declared.health_checks.append(function)
        return function

    def demo(self, function: F) -> F:
        """Add what `make demo` and the set-up's demo loads; must do nothing when it is there already."""
        self.declared.demos.append(function)
        return function

    def register_blueprint(self, blueprint: SansioBlueprint, **options: Any) -> NoReturn:
        raise ContractError(
            f"A plugin has no blueprints inside it: give the routes of “{blueprint.name}” to the plugin itself; "
            "a large `views.py` may become a package of modules."
        )

    def owned(self, name: str, what: str) -> None:
        if not name.startswith(f"{self.name}."):
            raise ContractError(f"The {what} “{name}” must begin with “{self.name}.”, the plugin's own name.")

    def __getattribute__(self, word: str) -> Any:
        if word in APP_WIDE:
            raise ContractError(
                f"A plugin may not use “{word}”: it would change every page of the site. "
                f"Use `{word.replace('_app', '').replace('app_', '')}` for the plugin's own pages, a slot or an event."
            )
        return super().__getattribute__(word)

    def __getattr__(self, word: str) -> NoReturn:
        words = [name for name in dir(type(self)) if not name.startswith("_")]
        near = difflib.get_close_matches(word, words, 1)
        hint = f" Did you mean “{near[0]}”?" if near else ""
        raise AttributeError(f"A plugin has no word “{word}”.{hint}")
