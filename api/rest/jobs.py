"""What ran by clock, and how it ended."""

from datetime import datetime
from typing import Annotated, Any, Literal

from fastapi import Query
from pydantic import BaseModel
from starlette.responses import Response

from api.accessibility_words import AUDIT_JOB, audit_jobs
from api.callers import Caller, require_scope
from api.dependencies import Reading
from api.paging import WantedPart
from api.rest import rest_router
from api.rest.lists import tell_pages
from core import job_runs
from core.job_runs import JobRun
from core.people import rules

router = rest_router("jobs")

State = Literal["claimed", "running", "done", "failed", "skipped"]


class JobRunOut(BaseModel):
    """A planned run. `late`: its time had passed unseen. `error` also says why it was skipped. `seconds` it took."""

    id: int
    job: str
    platform: str | None
    planned_at: datetime
    started_at: datetime | None
    ended_at: datetime | None
    seconds: float | None
    worker: str
    state: State
    late: bool
    result: Any
    error: str


@router.get("/jobs")
def list_jobs(
    caller: Annotated[Caller, require_scope(rules.READ)],
    session: Reading,
    part: WantedPart,
    response: Response,
    job: Annotated[str, Query(max_length=100, description="Only of this job, such as `nightly audit: ecampus`.")] = "",
    state: State | None = None,
) -> list[JobRunOut]:
    """Every run of the jobs, the latest planned first. Who reads single platforms sees the audits of those."""
    jobs = audit_jobs(caller.platforms)
    found, total = job_runs.history(session, jobs, job=job, state=state or "", page=part.page, per_page=part.size)
    tell_pages(response, part, total)
    return [_shown(run) for run in found]


def _shown(run: JobRun) -> JobRunOut:
    names = [name for name in JobRunOut.model_fields if name != "platform"]
    slug = run.job.removeprefix(AUDIT_JOB) if run.job.startswith(AUDIT_JOB) else None
    return JobRunOut.model_validate({name: getattr(run, name) for name in names} | {"platform": slug})
