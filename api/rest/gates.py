"""Gates: verdicts on releases, asked for and followed."""

from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import BaseModel
from starlette.responses import Response

from accessibility.engine.audit import engines
from accessibility.ledger.gates import actions, queries
from accessibility.ledger.gates.models import Gate
from accessibility.ledger.gates.rules import Asked
from accessibility.ledger.platforms import queries as platforms
from api import rest
from api.callers import Caller, require_scope
from api.dependencies import Id, Reading, Writing
from api.rest import rest_router
from api.rest.given import Given
from api.rest.lists import Slug
from api.rest.reach import platform_of
from core.i18n import gettext as _
from core.people import rules

router = rest_router("gates")

Reader = Annotated[Caller, require_scope(rules.READ)]
Runner = Annotated[Caller, require_scope(rules.GATES_RUN)]


class GateRequest(Asked, Given):
    """What to look at, and what to demand. What is left out is as the platform's settings say."""


class GateLine(BaseModel):
    """A gate. `verdict` is `running` until it has ended. `baseline` is the number of the one it is judged against."""

    id: int
    platform: str
    state: Literal["queued", "running", "done", "failed"]
    verdict: Literal["running", "pass", "fail", "inconclusive"]
    reasons: list[str]
    error: str
    baseline: int | None
    requested_by: int
    asked: dict[str, Any]
    engines: dict[str, str]
    queued_at: datetime
    started_at: datetime | None
    ended_at: datetime | None


class GateOut(GateLine):
    """A gate with everything that decided it: `result` is the file of `campus gate --json`."""

    result: dict[str, Any] | None


@router.get("/platforms/{slug}/gates")
def list_gates(slug: Slug, caller: Reader, session: Reading) -> list[GateLine]:
    """The platform's last gates, the newest first; at most 50."""
    platform = platform_of(session, caller, slug)
    return [GateLine(**_line(gate, slug)) for gate in queries.gates_of(session, platform.id)]


@router.post("/platforms/{slug}/gates", status_code=202)
def request_gate(
    slug: Slug, caller: Runner, session: Writing, response: Response, given: GateRequest | None = None
) -> GateOut:
    """Ask for the verdict on a release. `Location` says where to follow it.

    A worker runs it as soon as one is free, against the platform's approved baseline as it is now; without one every
    failure is new. 409 while too many gates of the platform wait.
    """
    platform = platform_of(session, caller, slug)
    asked = Asked.model_validate((given or GateRequest()).model_dump())
    gate = actions.request(session, platform, asked, engines(), person_id=caller.person.id, actor=caller.actor)
    response.headers["Location"] = f"{rest.PREFIX}/gates/{gate.id}"
    return _shown(gate, slug)


@router.get("/gates/{gate_id}")
def get_gate(gate_id: Id, caller: Reader, session: Reading) -> GateOut:
    """One gate: its verdict, and what decided it."""
    gate = queries.get(session, gate_id)
    platform = platforms.by_id(session, gate.platform_id)
    caller.must_reach(platform.slug, _("There is no such gate."))
    return _shown(gate, platform.slug)


def _shown(gate: Gate, slug: str) -> GateOut:
    return GateOut(**_line(gate, slug), result=gate.result)


def _line(gate: Gate, slug: str) -> dict[str, Any]:
    names = ("id", "state", "error", "requested_by", "asked", "engines", "queued_at", "started_at", "ended_at")
    return {name: getattr(gate, name) for name in names} | {
        "platform": slug,
        "verdict": gate.verdict or "running",
        "reasons": gate.result["reasons"] if gate.result else [gate.error] if gate.error else [],
        "baseline": gate.baseline_number,
    }
