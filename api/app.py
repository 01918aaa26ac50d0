"""The web application: every route, and what surrounds each request."""

from importlib.metadata import version

import sqlalchemy as sa
from fastapi import APIRouter, FastAPI
from starlette.responses import JSONResponse, Response

from api import problems, rest, static_files
from api.dependencies import Reading
from api.middleware import RequestContext
from api.pages import (
    account,
    audits,
    evidence,
    home,
    jobs,
    last_night,
    people,
    platform_edit,
    platforms,
    review,
    scores,
    sign_in,
    ticket,
    ticket_bulk,
    ticket_steps,
    tickets,
    tokens,
    trail,
)
from api.rest import people as rest_people
from core.database import Database
from core.settings import Settings, settings

PAGES: tuple[APIRouter, ...] = (
    home.router,
    sign_in.router,
    account.router,
    people.router,
    tokens.router,
    trail.router,
    last_night.router,
    tickets.router,
    ticket.router,
    ticket_steps.router,
    ticket_bulk.router,
    review.router,
    platforms.router,
    platform_edit.router,
    audits.router,
    scores.router,
    jobs.router,
    evidence.router,
)
MAX_BODY = 1024 * 1024

REST: tuple[APIRouter, ...] = (rest_people.router,)

probes = APIRouter(include_in_schema=False)


def create_app(database: Database, config: Settings | None = None) -> FastAPI:
    """The service over this database. Opening and closing the database is the caller's business."""
    config = config or settings()
    app = FastAPI(
        title="Campus",
        version=version("campus"),
        openapi_url=f"{rest.PREFIX}/openapi.json",
        docs_url=None,
        redoc_url=None,
        max_body_size=MAX_BODY,
    )
    app.state.database = database
    app.state.settings = config
    problems.install(app)
    app.include_router(probes)
    for router in PAGES:
        app.include_router(router)
    for router in REST:
        app.include_router(router, prefix=rest.PREFIX)
    app.mount("/static", static_files.KeptFiles(directory=static_files.FOLDER), name="static")
    app.add_middleware(RequestContext, config=config)
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
