"""Works packages."""

from fastapi import APIRouter, Response
from pydantic import BaseModel, Field

from api.dependencies import Reading
from api.paging import WantedPart
from api.rest.campus import Reader
from api.rest.lists import tell_pages
from campus.renovation import queries

router = APIRouter(tags=["works"])


class PackageOut(BaseModel):
    """Works on a pavilion."""

    slug: str
    name: str
    purposes: list[str]
    progress: float | None = Field(description="Share of the weights of milestones that have ended, 0 to 1.")


@router.get("/works")
def list_works(_caller: Reader, session: Reading, part: WantedPart, response: Response) -> list[PackageOut]:
    """All works, by name."""
    found, plan = queries.packages(session), queries.plan(session)
    tell_pages(response, part, len(found))
    return [
        PackageOut(slug=one.slug, name=one.name, purposes=one.purposes, progress=plan.progress(one.id))
        for one in found[part.offset : part.offset + part.size]
    ]
