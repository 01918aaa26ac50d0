"""Published figures as JSON. Shares are from 0 to 1, scores from −100 to 100; a suppressed figure has no number."""

from datetime import date, datetime

from pydantic import BaseModel, Field

from api.rest.given import Given


class QuarterOut(BaseModel):
    """A quarter that is closed, or over and waiting to be."""

    quarter: str
    closed: bool
    closed_at: datetime | None = None
    closed_by: str | None = None


class FigureOut(BaseModel):
    """One measure of one group of guests in one closed quarter, with its 95 % interval."""

    quarter: str
    dimension: str = Field(description="all, pavilion, segment, event or language.")
    thing: str = Field(description="Which of them, by its short name; empty for all guests.")
    area: str
    measure: str = Field(description="The question's key; of a choice with `:` and the option's.")
    question: str = Field(description="What was asked, in the language of Accept-Language where it has one of them.")
    kind: str
    n: int | None
    value: float | None
    low: float | None
    high: float | None
    method: str
    mean: float | None
    deviation: float | None
    suppressed: bool


class AreaOut(BaseModel):
    """How satisfied guests are with an area: the mean of its rating questions, bounds averaged."""

    area: str = Field(description="Empty for all rating questions together.")
    n: int | None
    value: float | None
    low: float | None
    high: float | None
    suppressed: bool
    measures: list[str]


class PointOut(BaseModel):
    """One quarter of a trend; without a value where it was suppressed or not asked."""

    quarter: str
    asked: bool
    suppressed: bool
    reworded: bool
    n: int | None
    value: float | None
    low: float | None
    high: float | None


class TrendOut(BaseModel):
    """How a measure went; `course` is null where nothing can be said."""

    measure: str
    points: list[PointOut]
    course: str | None = Field(description="rising, falling or no detectable change.")
    change: float | None
    low: float | None
    high: float | None
    first: str | None
    last: str | None


class IndexPart(BaseModel):
    """An index of 0 to 100; `effective` is how many answers it rests on after their age is counted."""

    n: int
    effective: float
    value: float | None
    low: float | None
    high: float | None


class IndexOut(IndexPart):
    """The composite index of a group at the end of a quarter, and the areas that it is made of."""

    quarter: str
    half_life_weeks: float
    areas: dict[str, IndexPart]
    weights: dict[str, float]


class BenchmarkOut(BaseModel):
    """A figure of others, with its source; `until` is the last day on which it counts."""

    id: int
    measure: str
    name: str
    value: float
    source: str
    first: date
    until: date | None


class GivenBenchmark(Given):
    """What a benchmark is to be, on the scale of the measure's value."""

    measure: str = Field(min_length=1, max_length=130)
    name: str = Field(min_length=1, max_length=120)
    value: float = Field(ge=-100, le=100)
    source: str = Field(min_length=1, max_length=500)
    first: date
    until: date | None = None
