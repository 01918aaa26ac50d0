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
from core import clock, job_runs
from core.i18n import gettext as _

router = page_router()
RESULTS = ("planned", "audited", "score", "new", "reopened", "verified")


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
    texts = {
        "planned": _("%(n)s pages planned"),
        "audited": _("%(n)s audited"),
        "score": _("score %(n)s"),
        "new": _("%(n)s new"),
        "reopened": _("%(n)s came back"),
        "verified": _("%(n)s proven fixed"),
    }
    known = [texts[name] % {"n": _short(result[name])} for name in texts if result.get(name)]
    others = [f"{name}: {_short(value)}" for name, value in result.items() if name not in AUDIT_RESULT and value]
    return ", ".join([*known, *others])


AUDIT_RESULT = frozenset({*RESULTS, "number", "floor_met", "held", "failed"})


def _short(value: Any) -> str:
    return f"{value:g}" if isinstance(value, float) else str(value)
