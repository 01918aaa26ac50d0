"""For machines that watch the service: `/health`, `/ready` and `/metrics`."""

from typing import Annotated

from fastapi import APIRouter, Request
from prometheus_client import CONTENT_TYPE_PLAIN_0_0_4, generate_latest
from starlette.responses import JSONResponse, Response

from api.callers import Caller, require_scope
from api.dependencies import TheDatabase
from api.readiness import OK, Readiness
from core.people import rules

router = APIRouter(include_in_schema=False)
METRICS_SCOPE = require_scope(rules.METRICS, whole_service=True)


@router.get("/health")
def health() -> Response:
    """The process answers."""
    return JSONResponse({"status": "ok"})


@router.get("/ready")
def ready(request: Request, database: TheDatabase) -> Response:
    """The process can work; or 503, and in `checks` what is not well."""
    readiness: Readiness = request.app.state.readiness
    checks = dict(readiness.checks(database, request.app.state.settings.data_dir))
    well = all(found == OK for found in checks.values())
    return JSONResponse({"status": "ready" if well else "not ready", "checks": checks}, 200 if well else 503)


@router.get("/metrics")
def metrics(request: Request, _caller: Annotated[Caller, METRICS_SCOPE]) -> Response:
    """Everything that Prometheus collects, as it is now."""
    return Response(generate_latest(request.app.state.registry), media_type=CONTENT_TYPE_PLAIN_0_0_4)
