"""The state of the service itself, for administrators."""

from typing import Annotated

from fastapi import Request

from api.callers import Caller, require_scope
from api.dependencies import Reading
from api.rest import rest_router
from api.service_state import ServiceState, service_state
from core.people import rules

router = rest_router("state")


@router.get("/state")
def get_state(
    request: Request, _caller: Annotated[Caller, require_scope(rules.ADMIN, whole_service=True)], session: Reading
) -> ServiceState:
    """Workers, queues, jobs, failures of the last days, database, data folder, and what is to be acted on."""
    return service_state(session, request.app.state.settings)
