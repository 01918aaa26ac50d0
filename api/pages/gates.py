"""One gate that ran on the service: its verdict, the problems that decided it, and what it could not see."""

from typing import Any

from fastapi import Request
from starlette.responses import Response

from accessibility.engine import wcag
from accessibility.ledger.gates import queries
from accessibility.ledger.platforms import queries as platforms
from api import accessibility_words as words
from api.dependencies import Id, Reading
from api.pages import page_router
from api.pages.access import Reader, keeps
from api.pages.platforms import ONE as PLATFORM
from api.rendering import render
from core.people import queries as people

router = page_router()
ONE = f"{PLATFORM}/gates/{{gate_id}}"
SHOWN = 100  # of each list; the REST interface has all of them


@router.get(ONE)
def one_gate(request: Request, slug: str, gate_id: Id, person: Reader, session: Reading) -> Response:
    """Why the gate answered as it did."""
    platform = platforms.get(session, slug)
    gate = queries.of_platform(session, platform.id, gate_id)
    result: dict[str, Any] = gate.result or {}
    return render(
        request,
        "accessibility/gate.html",
        platform=platform,
        gate=gate,
        requested_by=people.person(session, gate.requested_by).name,
        reasons=result.get("reasons", []) or [reason for reason in (gate.error,) if reason],
        lists={name: result.get(name, []) for name in ("new_failures", "lesser", "known", "excepted")},
        gaps=[row for row in result.get("not_covered", []) if row["planned"]],
        result=result,
        shown=SHOWN,
        criterion=wcag.title,
        words=words,
        keeps=keeps(person, slug),
    )
