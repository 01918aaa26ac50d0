"""How a platform fared over time."""

from datetime import datetime
from typing import Annotated

from fastapi import Query
from pydantic import BaseModel, ConfigDict

from accessibility.ledger.audits import queries
from api.callers import Caller, require_scope
from api.dependencies import Reading
from api.rest import rest_router
from api.rest.lists import Slug
from api.rest.reach import platform_of
from core.people import rules

router = rest_router("scores")
MOST = 3660  # ten years of nights


class ScorePoint(BaseModel):
    """One audit. `score` and `worst_tenth` (0 to 100) are null where none was given; `coverage` is a share, 0 to 1."""

    model_config = ConfigDict(from_attributes=True)

    number: int
    ended_at: datetime
    score: float | None
    worst_tenth: float | None
    coverage: float
    failed: int
    review: int


@router.get("/platforms/{slug}/scores")
def list_scores(
    slug: Slug,
    caller: Annotated[Caller, require_scope(rules.READ)],
    session: Reading,
    nights: Annotated[int, Query(ge=1, le=MOST, description="The last so many audits that are done.")] = 365,
) -> list[ScorePoint]:
    """Score and counts of the platform's last audits that are done, the oldest first."""
    points = queries.series(session, platform_of(session, caller, slug).id, nights)
    return [ScorePoint.model_validate(point) for point in points]
