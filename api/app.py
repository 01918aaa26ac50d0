"""The web application: every route, and what surrounds each request."""

from importlib.metadata import version
from typing import Any

from fastapi import APIRouter, FastAPI

from api import guest_pages, metrics, probes, problems, rest, static_files
from api.middleware import MAX_BODY, BodyLimit, RequestContext
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
    state,
    ticket,
    ticket_bulk,
    ticket_steps,
    tickets,
    tokens,
    trail,
    webhooks,
)
from api.pages.campus import routes as campus
from api.pages.feedback import routes as feedback
from api.pages.results import routes as results
from api.pages.works import routes as works
from api.readiness import Readiness
from api.rest import openapi, routes
from campus.feedback.responses.throttle import Throttle
from campus.requests import photos
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
    state.router,
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
    *campus.ROUTERS,
    *works.ROUTERS,
    *feedback.ROUTERS,
    *results.ROUTERS,
    evidence.router,
)


class Campus(FastAPI):
    """The application, whose description of the REST interface also names the problems it answers with."""

    def openapi(self) -> dict[str, Any]:
        """The description, made once."""
        return self.openapi_schema or openapi.complete(super().openapi())


def create_app(database: Database, config: Settings | None = None, *, revision: str = "") -> FastAPI:
    """The service over this database, which counts as ready at this `revision` of its tables, "" for any.

    Opening and closing the database is the caller's business.
    """
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
    app.state.readiness = Readiness(revision)
    app.state.answers = Throttle()
    app.state.registry, requests = metrics.prepare(app)
    problems.install(app)
    for router in (probes.router, *PAGES, *routes.ROUTERS):
        app.router.routes.extend(router.routes)  # as they are: included, each would be made anew, which takes a second
    app.mount("/static", static_files.KeptFiles(directory=static_files.FOLDER), name="static")
    app.add_middleware(BodyLimit, larger=_larger_bodies(config))
    app.add_middleware(RequestContext, config=config, metrics=requests)  # added last: outermost
    return app


def _larger_bodies(config: Settings) -> dict[str, int]:
    """Patterns of the addresses that take whole files, and how many bytes: as they are, or as base64 in JSON."""
    table, document = config.import_mb * 1_000_000, config.document_mb * 1_000_000
    return {
        "/rooms/tables": table + MAX_BODY,
        "/feedback/surveys": table + MAX_BODY,
        "/works/packages/[^/]+/documents": document + MAX_BODY,
        f"{rest.PREFIX}/works/[^/]+/documents": document * 4 // 3 + MAX_BODY,
        f"{rest.PREFIX}/feedback/surveys": table * 4 // 3 + MAX_BODY,
        f"{rest.PREFIX}/imports": table * 4 // 3 + MAX_BODY,
        guest_pages.FORMS: guest_pages.MOST_BODY,
        "/report/[^/]+|/rooms/requests/new": photos.MOST_BYTES + MAX_BODY,
    }
