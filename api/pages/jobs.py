"""What ran by clock: the history with duration, result and error, and what runs next."""

from typing import Any

from fastapi import Request
from starlette.responses import Response

from accessibility.ledger.platforms import queries as platforms
from api import accessibility_words as words
from api.dependencies import Reading
from api.forms import Entered
from api.pages import page_router
from api.pages.access import Reader, visible
from api.pages.plans import next_planned
from api.paging import WantedPage
from api.rendering import render
from core import clock, i18n, job_runs
from core.i18n import gettext as _
from core.i18n import ngettext

router = page_router()
RESULTS = ("planned", "audited", "score", "new", "reopened", "verified", "deleted", "forgotten", "expired", "overdue")


@router.get("/accessibility/jobs")
def jobs(request: Request, person: Reader, session: Reading, paging: WantedPage) -> Response:
    """Runs, the latest first."""
    job, state = request.query_params.get("job", ""), request.query_params.get("state", "")
    among, told = visible(person), words.audit_jobs(visible(person))
    runs, total = job_runs.history(
        session, told, job=job, state=state if state in job_runs.STATES else "", page=paging.page, per_page=paging.size
    )
    names = {one.slug: one.name for one in platforms.platforms(session, among)}
    now = clock.now()
    planned = [(one, next_planned(one, now)) for one in platforms.platforms(session, among, active=True)]
    return render(
        request,
        "accessibility/jobs.html",
        runs=[(run, name_of(run.job, names), _result(run.result)) for run in runs],
        paging=paging.of(total),
        filters=Entered(start={"job": job, "state": state}),
        jobs=[("", _("All")), *((name, name_of(name, names)) for name in job_runs.names(session, told))],
        states=[("", _("All")), *((name, shown.text) for name, shown in words.JOB_STATES.items())],
        filtered=bool(job or state),
        planned=sorted(((at, one) for one, at in planned if at is not None), key=lambda line: line[0]),
        words=words,
    )


def name_of(job: str, platform_names: dict[str, str]) -> object:
    """How people call a job."""
    if job.startswith(words.AUDIT_JOB):
        slug = job.removeprefix(words.AUDIT_JOB)
        return _("Audit of %(platform)s", platform=platform_names.get(slug, slug))
    return words.JOBS.get(job, job)


def _result(result: Any) -> str:
    """What a run gave, in a few words; whatever else it is goes as it stands."""
    if result in (None, {}, []):
        return ""
    if not isinstance(result, dict):
        return str(result)
    known = [_told(name, result[name]) for name in RESULTS if result.get(name)]
    others = [f"{name}: {_short(value)}" for name, value in result.items() if name not in AUDIT_RESULT and value]
    return ", ".join([*known, *others])


def _told(name: str, value: Any) -> str:
    match name:
        case "planned":
            return ngettext("%(n)s page planned", "%(n)s pages planned", value)
        case "audited":
            return ngettext("%(n)s audited", "%(n)s audited", value)
        case "new":
            return ngettext("%(n)s new", "%(n)s new", value)
        case "reopened":
            return ngettext("%(n)s came back", "%(n)s came back", value)
        case "verified":
            return ngettext("%(n)s proven fixed", "%(n)s proven fixed", value)
        case "deleted":
            return ngettext("%(n)s deleted", "%(n)s deleted", value)
        case "forgotten":
            return ngettext("%(n)s no longer kept", "%(n)s no longer kept", value)
        case "expired":
            return ngettext("%(n)s exception ended", "%(n)s exceptions ended", value)
        case "overdue":
            return ngettext("%(n)s ticket overdue", "%(n)s tickets overdue", value)
    return _("score %(n)s", n=_short(value))


AUDIT_RESULT = frozenset({*RESULTS, "number", "floor_met", "held", "failed"})


def _short(value: Any) -> str:
    return i18n.format_number(round(value, 1)) if isinstance(value, float | int) else str(value)
