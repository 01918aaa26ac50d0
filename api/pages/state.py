"""The service's own state, for administrators: who works, what waits, what failed, what to act on."""

from typing import Annotated

from fastapi import Request
from starlette.responses import Response

from accessibility.ledger.operations import queries
from accessibility.ledger.platforms import queries as platforms
from api import accessibility_words, charts, state_words
from api.dependencies import Reading, require
from api.pages import page_router
from api.pages.jobs import name_of
from api.pages.state_series import KINDS, PERIOD, chart, days, said
from api.rendering import render
from api.service_state import FailureState, service_state
from core import clock
from core.cautions import ACT_NOW
from core.errors import NotFound
from core.i18n import gettext as _
from core.people.access import EVERY
from core.people.models import Person

router = page_router()
Administrator = Annotated[Person, require("admin")]
PAGE = "/settings/state"


@router.get(PAGE)
def state(request: Request, _person: Administrator, session: Reading) -> Response:
    """Everything on one page, as it is now."""
    found = service_state(session, request.app.state.settings)
    names = {one.slug: one.name for one in platforms.platforms(session, EVERY)}
    points = days(queries.nights_since(session, clock.now() - PERIOD))
    return render(
        request,
        "state.html",
        state=found,
        act_now=ACT_NOW,
        urgent=sum(one in ACT_NOW for one in found.cautions),
        alive=sum(one.alive for one in found.workers),
        job_names={one: name_of(one, names) for one in _job_names(found.failures) | {job.job for job in found.jobs}},
        failures=[(one, _failure_address(one)) for one in found.failures],
        platform_names=names,
        points=points,
        series=[(kind, said(points, kind)) for kind in KINDS],
        words=accessibility_words,
        state_words=state_words,
    )


@router.get(f"{PAGE}/{{kind}}.svg")
def picture(kind: str, _person: Administrator, session: Reading, narrow: bool = False) -> Response:
    """One chart. Nothing in it is a link or a script, and it is only ever shown as a picture."""
    if kind not in KINDS:
        raise NotFound(_("There is no such chart."))
    points = days(queries.nights_since(session, clock.now() - PERIOD))
    return Response(charts.svg(chart(points, kind), narrow=narrow), media_type="image/svg+xml")


def _job_names(failures: list[FailureState]) -> set[str]:
    return {one.reason for one in failures if one.kind == "job"}


def _failure_address(failure: FailureState) -> str:
    """Where more is said of it."""
    if failure.kind == "job":
        return "/accessibility/jobs?state=failed"
    if failure.kind == "gate":
        return f"/accessibility/platforms/{failure.platform}/baselines"
    reason = f"?reason={failure.reason.replace(' ', '+')}" if failure.kind == "pages" else ""
    return f"/accessibility/audits/{failure.platform}/{failure.number}{reason}"
