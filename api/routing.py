"""Which route answered a request, named by its pattern: raw addresses may hold what must not be written down."""

from collections.abc import Callable
from typing import Any

from fastapi import FastAPI
from starlette.routing import Route
from starlette.types import Scope

NO_ROUTE = "none"
STATIC = "/static"
METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})


def paths(app: FastAPI) -> frozenset[str]:
    """The paths of all pages that exist."""
    return frozenset(_patterns(app).values())


def pattern(scope: Scope) -> str:
    """The pattern of the route that answered, `/accessibility/tickets/{slug}/{number}`; `none` when there is none."""
    endpoint = scope.get("endpoint")
    if scope["path"].startswith(f"{STATIC}/"):
        return STATIC
    return _patterns(scope["app"]).get(endpoint, NO_ROUTE) if endpoint else NO_ROUTE


def method(scope: Scope) -> str:
    """The method if it is a known one, else `other`: clients may invent as many as they like."""
    return scope["method"] if scope["method"] in METHODS else "other"


def _patterns(app: FastAPI) -> dict[Callable[..., Any], str]:
    if not hasattr(app.state, "patterns"):
        app.state.patterns = {one.endpoint: one.path for one in app.routes if isinstance(one, Route)}
    known: dict[Callable[..., Any], str] = app.state.patterns
    return known
