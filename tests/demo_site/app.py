"""The demo site as one ASGI application."""

import os

from starlette.applications import Starlette
from starlette.middleware import Middleware

from . import account, courses, files, odd, plain, writing
from .state import REFUSALS, Refusal, SiteState


def create_app(second_origin: str | None = None, refusal: Refusal | None = None) -> Starlette:
    """A new site with a memory of its own, at `app.state.site`.

    `second_origin` serves the frame of /course/2; by default the other name of loopback does.
    `refusal` is explained at SiteState; without it DEMO_SITE_REFUSAL decides, else "first".
    """
    site = SiteState(refusal=refusal or _refusal_from_environment())
    parts = (account, courses, files, odd, plain, writing)
    app = Starlette(
        routes=[route for part in parts for route in part.routes],
        middleware=[Middleware(writing.CountWrites, site=site)],
        exception_handlers={404: odd.not_found},
    )
    app.state.site = site
    app.state.second_origin = second_origin
    return app


def _refusal_from_environment() -> Refusal:
    value = os.environ.get("DEMO_SITE_REFUSAL", "first")
    if value not in REFUSALS:
        raise ValueError(f"DEMO_SITE_REFUSAL must be one of {', '.join(REFUSALS)}: {value}")
    return value
