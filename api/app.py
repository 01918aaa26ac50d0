"""The web application: every route, and what surrounds each request."""

from importlib.metadata import version
from typing import Any

import sqlalchemy as sa
from fastapi import APIRouter, FastAPI
from starlette.responses import JSONResponse, Response

from api import problems, rest, static_files
from api.dependencies import Reading
from api.middleware import BodyLimit, RequestContext
from api.pages import (
    account,
    alerts,
    audits,
    baselines,
    evidence,
    gates,
    grants,
    home,
    jobs,
    last_night,
    oidc,
    outbox,
    people,
    platform_edit,
    platforms,
    recheck,
    review,
    scores,
    section_edit,
    section_import,
    sections,
    shared,
    shared_steps,
    sign_in,
    ticket,
    ticket_bulk,
    ticket_steps,
    tickets,
    tokens,
    trail,
    webhooks,
)
from api.rest import openapi, routes, strict
from core.database import Database
from core.people import rules
from core.settings import Settings, settings

PAGES: tuple[APIRouter, ...] = (
    home.router,
    sign_in.router,
    oidc.router,
    account.router,
    alerts.router,
    people.router,
    grants.router,
    tokens.router,
    trail.router,
    outbox.router,
    last_night.router,
    tickets.router,
    ticket.router,
    ticket_steps.router,
    ticket_bulk.router,
    shared.router,
    shared_steps.router,
    review.router,
    platforms.router,
    platform_edit.router,
    webhooks.router,
    audits.router,
    recheck.router,
    baselines.router,
    gates.router,
    scores.router,
    sections.router,
    section_edit.router,
    section_import.router,
    jobs.router,
    evidence.router,
)

probes = APIRouter(include_in_schema=False)


class Campus(FastAPI):
    """The application, whose description of the REST interface also names the problems it answers with."""

    def openapi(self) -> dict[str, Any]:
        """The description, made once."""
        return self.openapi_schema or openapi.complete(super().openapi())


def create_app(database: Database, config: Settings | None = None) -> FastAPI:
    """The service over this database. Opening and closing the database is the caller's business."""
    config = config or settings()
    rules.checked_roles(config.oidc_role_of.values())  # a wrong one is told at the start, not at a sign-in
    app = Campus(
        title="Campus",
        version=version("campus"),
        openapi_url=f"{rest.PREFIX}/openapi.json",
        docs_url=None,
        redoc_url=None,
        generate_unique_id_function=lambda route: route.name,
    )
    app.state.database = database
    app.state.settings = config
    problems.install(app)
    app.include_router(probes)
    for router in PAGES:
        app.include_router(router)
    for router in routes.ROUTERS:
        app.include_router(router, prefix=rest.PREFIX, dependencies=strict.STRICT)
    app.mount("/static", static_files.KeptFiles(directory=static_files.FOLDER), name="static")
    app.add_middleware(BodyLimit)
    app.add_middleware(RequestContext, config=config)  # added last: outermost
    return app


@probes.get("/health")
def health() -> Response:
    """The process answers."""
    return JSONResponse({"status": "ok"})


@probes.get("/ready")
def ready(session: Reading) -> Response:
    """The process can work: its database answers too."""
    session.execute(sa.text("SELECT 1"))
    return JSONResponse({"status": "ready"})
