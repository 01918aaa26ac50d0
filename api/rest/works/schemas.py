"""Works packages, their milestones, dependencies, notes and documents as JSON."""

from datetime import date, datetime
from typing import Annotated, Literal

from fastapi import Path
from pydantic import BaseModel, Field

from api.dependencies import LARGEST_ID
from api.rest.given import Given
from campus.renovation.network import Kind
from campus.renovation.papers import MOST_NAME, MOST_URL
from campus.renovation.rules import LONGEST_LAG, MOST_MILESTONES, MOST_NOTE, MOST_POSITION, MOST_WEIGHT, MilestoneState

PackageSlug = Annotated[str, Path(alias="slug", pattern="^[a-z0-9-]+$", max_length=64, description="Its short name.")]
Purpose = Literal["safety", "energy", "comfort", "accessibility"]
Name = Annotated[str, Field(min_length=1, max_length=120)]
Weight = Annotated[int, Field(ge=0, le=MOST_WEIGHT, description="Its part of the progress, of the sum of all weights.")]
Lag = Annotated[int, Field(ge=-LONGEST_LAG, le=LONGEST_LAG, description="Days later; below 0 for earlier.")]
RowId = Annotated[int, Field(ge=1, le=LARGEST_ID)]
OwnerId = Annotated[int | None, Field(ge=1, le=LARGEST_ID, description="Number of a person who may see the works.")]
Reason = Annotated[str, Field(min_length=1, max_length=500)]


class PackageOut(BaseModel):
    """Works on a pavilion."""

    slug: str
    name: str
    pavilion: str = Field(description="Short name of the pavilion.")
    purposes: list[str]
    owner: int | None = Field(description="Number of the person.")
    progress: float | None = Field(description="Share of the weights of milestones that have ended, 0 to 1.")
    next_milestone: int | None = Field(description="The milestone that ends next.")
    next_finish: date | None
    finish: date | None = Field(description="When the last milestone ends, by what was reported.")
    slip_days: int | None = Field(description="The finish against the newest baseline; null without one.")
    overdue: list[int] = Field(description="Milestones whose day has passed without a report of it.")


class GivenPackage(Given):
    """Works to add. An empty short name is made of the name."""

    name: Name
    pavilion: str = Field(max_length=64, description="Short name of the pavilion.")
    purposes: list[Purpose] = Field([], max_length=10)
    owner: OwnerId = None
    slug: str = Field("", max_length=64)


class PackageChange(Given):
    """What is to be otherwise. The pavilion can be another one only while there are no milestones."""

    name: Name | None = None
    pavilion: str | None = Field(None, max_length=64)
    purposes: list[Purpose] | None = Field(None, max_length=10)
    owner: OwnerId = None


class MilestoneOut(BaseModel):
    """A milestone where its dependencies let it lie. `driver` is the one that pushes it there."""

    id: int
    name: str
    weight: int
    position: int
    owner: int | None
    state: MilestoneState | None = Field(description="Null for one that was dropped.")
    dropped: bool
    start: date | None
    finish: date | None = Field(description="The last day, included.")
    driver: int | None


class GivenMilestone(Given):
    """A milestone to add, with its days. What has ended has begun."""

    name: Name
    start: date
    finish: date | None = Field(None, description="Left out for a moment, such as a signature.")
    begun: bool = False
    ended: bool = False
    weight: Weight = 1
    owner: OwnerId = None


class MilestoneChange(Given):
    """What is to be otherwise, and why. Dates change by reports."""

    name: Name | None = None
    weight: Weight | None = None
    position: int | None = Field(None, ge=0, le=MOST_POSITION)
    owner: OwnerId = None
    reason: Reason


class GivenOrder(Given):
    """The milestones of the works in the order wanted, each once."""

    milestones: list[RowId] = Field(max_length=MOST_MILESTONES)


class GivenReason(Given):
    """Why."""

    reason: Reason


class DependencyOut(BaseModel):
    """`after` waits for `before`, and `lag` days more."""

    before: int
    after: int
    kind: Kind
    lag: int
    recorded_at: datetime
    recorded_by: str


class DependencyChange(Given):
    """How one waits for the other."""

    kind: Kind = Kind.FINISH_START
    lag: Lag = 0


class GivenDependency(DependencyChange):
    """A dependency to add; `after` is one of these works, `before` of any."""

    before: RowId
    after: RowId


class NoteOut(BaseModel):
    """What somebody noted, and who, as the trail names them."""

    id: int
    text: str
    added_at: datetime
    added_by: str


class GivenNote(Given):
    """What is noted."""

    text: str = Field(min_length=1, max_length=MOST_NOTE)


class DocumentOut(BaseModel):
    """A document: elsewhere under `url`, or a file of so many bytes. One that was removed says who did so and why."""

    id: int
    name: str
    kind: str = Field(description="`link`, or the ending of the file's name.")
    url: str
    file_name: str
    size: int
    added_at: datetime
    added_by: str
    removed_at: datetime | None
    removed_by: str
    removed_why: str


class GivenDocument(Given):
    """Either an address under https, or a file with its name."""

    name: str = Field("", max_length=MOST_NAME, description="Left out: as the file is called, or the address's host.")
    url: str = Field("", max_length=MOST_URL)
    file_name: str = Field("", max_length=200, examples=["plan.pdf"])
    content: str = Field("", description="The file in base64.")
