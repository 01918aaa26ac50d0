"""Approved baselines: what gates are judged against."""

from datetime import datetime
from typing import Annotated

from pydantic import BaseModel, Field, model_validator
from sqlalchemy.orm import Session
from starlette.responses import Response

from accessibility.engine.baseline import Baseline
from accessibility.ledger.audits import queries as audits
from accessibility.ledger.baselines import actions, queries
from accessibility.ledger.baselines.models import ApprovedBaseline
from accessibility.ledger.gates import queries as gates
from accessibility.ledger.platforms.models import Platform
from api.callers import Caller, require_scope
from api.dependencies import LARGEST_ID, Reading, Writing
from api.paging import WantedPart
from api.rest import rest_router
from api.rest.given import Given
from api.rest.lists import Slug, tell_pages
from api.rest.reach import platform_of
from core.errors import NotFound
from core.i18n import gettext as _
from core.people import rules

router = rest_router("gates")

Reader = Annotated[Caller, require_scope(rules.READ)]
Keeper = Annotated[Caller, require_scope(rules.PLATFORMS_WRITE)]
Whole = Annotated[int, Field(ge=1, le=LARGEST_ID)]


class Approval(Given):
    """What to approve: the platform's last audit by its number, or one of its gates by its id."""

    audit: Whole | None = None
    gate: Whole | None = None
    note: str = Field("", max_length=actions.NOTE_LENGTH)
    previous: Annotated[int, Field(ge=0, le=LARGEST_ID)] | None = Field(
        None, description="Number of the baseline it was compared with, 0 for none: 409 when another one counts by now."
    )

    @model_validator(mode="after")
    def _one_of_them(self) -> "Approval":
        if (self.audit is None) == (self.gate is None):
            raise ValueError(_("Give an audit or a gate."))
        return self


class BaselineOut(BaseModel):
    """A baseline that was approved. `new` and `gone` count components against the one before it."""

    number: int
    approved_by: int
    approved_at: datetime
    note: str
    source: str
    source_number: int
    components: int
    new: int
    gone: int


@router.get("/platforms/{slug}/baseline")
def get_baseline(slug: Slug, caller: Reader, session: Reading) -> Baseline:
    """The baseline that counts, as the file that `campus gate --baseline` reads. 404 where none was approved."""
    latest = queries.latest(session, platform_of(session, caller, slug).id)
    if latest is None:
        raise NotFound(_("No baseline of this platform was approved yet."))
    return queries.content(latest)


@router.get("/platforms/{slug}/baselines")
def list_baselines(
    slug: Slug, caller: Reader, session: Reading, part: WantedPart, response: Response
) -> list[BaselineOut]:
    """Every baseline that was approved, the newest first."""
    platform = platform_of(session, caller, slug)
    found, total = queries.history(session, platform.id, offset=part.offset, limit=part.size)
    tell_pages(response, part, total)
    return [_shown(one) for one in found]


@router.post("/platforms/{slug}/baselines", status_code=201)
def approve_baseline(slug: Slug, given: Approval, caller: Keeper, session: Writing) -> BaselineOut:
    """Approve what an audit or a gate saw as the new baseline. 409 when it saw too little."""
    platform = platform_of(session, caller, slug)
    made = actions.approve(
        session,
        platform.id,
        _seen(session, platform, given),
        source=actions.GATE if given.gate else actions.AUDIT,
        source_number=given.gate or given.audit or 0,
        person_id=caller.person.id,
        actor=caller.actor,
        note=given.note,
        previous=given.previous,
    )
    return _shown(made)


def _seen(session: Session, platform: Platform, given: Approval) -> Baseline:
    if given.gate is None:
        return queries.of_audit(session, audits.audit_by_number(session, platform.id, given.audit or 0))
    return queries.of_gate(gates.of_platform(session, platform.id, given.gate))


def _shown(baseline: ApprovedBaseline) -> BaselineOut:
    return BaselineOut.model_validate(baseline, from_attributes=True)
