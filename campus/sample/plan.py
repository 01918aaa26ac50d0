"""What the sample campus consists of. Rooms and beds are not published: every number here is invented."""

from dataclasses import dataclass
from datetime import date

SEED = 1964
START = date(2022, 1, 1)
AHEAD_DAYS = 365  # so far into the future groups are already on the books


@dataclass(frozen=True, slots=True)
class SamplePavilion:
    """A pavilion and how many invented rooms it has; 0 for one without guest rooms."""

    name: str
    rooms: int
    uses: tuple[str, ...]

    @property
    def area_m2(self) -> int:
        """Square metres, invented as well."""
        return 1_600 + 45 * self.rooms


HOTEL = ("hotel",)
TEACHING = ("classrooms", "offices")
PAVILIONS = (
    SamplePavilion("Africa 10", 26, ("hotel", "classrooms")),
    SamplePavilion("Africa 11", 26, ("hotel", "offices")),
    SamplePavilion("Americas 2", 32, ("hotel", "classrooms")),
    *(SamplePavilion(f"Sample pavilion {number}", 28, HOTEL) for number in range(1, 7)),
    *(SamplePavilion(f"Sample pavilion {number}", 0, TEACHING) for number in range(7, 19)),
)
TYPES = (("single", "Single room", 1), ("double", "Double room", 2), ("accessible", "Accessible room", 1))
ROOM_PATTERN = ("single", "single", "single", "double", "single", "accessible", "single", "double")


@dataclass(frozen=True, slots=True)
class SampleSegment:
    """A part of the demand. `share` is of the year's room-nights, `rate_cents` a night, `guests` the usual group."""

    slug: str
    name: str
    share: float
    rate_cents: int
    guests: int
    nights: tuple[int, ...]
    weekdays: tuple[int, ...]  # on which groups arrive, Monday is 0


SEGMENTS = (
    SampleSegment("courses", "Training courses on campus", 0.38, 62_00, 18, (5, 5, 12), (6,)),
    SampleSegment("academies", "Academies", 0.14, 66_00, 32, (12,), (6,)),
    SampleSegment("conferences", "Conferences", 0.20, 78_00, 45, (3, 4), (0, 1, 2)),
    SampleSegment("dialogue", "Dialogue meetings and leadership retreats", 0.12, 82_00, 22, (3, 3, 4), (0, 1, 6)),
    SampleSegment("special-events", "Special events", 0.05, 74_00, 26, (2, 3), (2, 3)),
    SampleSegment("third-party", "Third-party rental", 0.11, 88_00, 14, (2, 3, 5), (0, 3, 4)),
)
PARTIES = (
    ("sample-programme-a", "Sample programme A", "own"),
    ("sample-programme-b", "Sample programme B", "own"),
    ("sample-programme-c", "Sample programme C", "own"),
    ("sample-agency", "Sample partner agency", "partner"),
    ("sample-college", "Sample staff college", "partner"),
    ("sample-association", "Sample association", "third party"),
    ("sample-company", "Sample company", "third party"),
)
PARTY_KIND = {"third-party": "third party", "conferences": "partner"}  # else own programmes

NIGHTS_A_YEAR = {2022: 28_000, 2023: 29_500, 2024: 27_000, 2025: 28_400, 2026: 28_700, 2027: 28_700}
"""Contracted: about six of seven are sold in the end, which is of the order of the published 25,000. Invented."""

MONTHS = (0.7, 1.0, 1.15, 1.05, 1.2, 1.25, 1.05, 0.35, 1.25, 1.35, 1.2, 0.45)
"""How busy each month is, against a mean of 1: quiet in August and at the turn of the year. Invented."""


@dataclass(frozen=True, slots=True)
class SampleClosure:
    """An extended closure of a pavilion and how its end was known: (known from, until), the first at its start."""

    pavilion: str
    first: date
    ends: tuple[tuple[date, date], ...]
    reason: str


CLOSURES = (
    SampleClosure(
        "Africa 10",
        START,
        ((date(2021, 12, 1), date(2022, 12, 1)), (date(2022, 10, 14), date(2023, 2, 1))),
        "renovation, stage 1",
    ),
    SampleClosure(
        "Africa 11",
        START,
        ((date(2021, 12, 1), date(2022, 12, 1)), (date(2022, 11, 4), date(2023, 3, 1))),
        "renovation",
    ),
    SampleClosure(
        "Americas 2",
        date(2025, 2, 1),
        ((date(2024, 9, 20), date(2026, 9, 1)), (date(2025, 11, 28), date(2027, 3, 1))),
        "renovation, stage 2",
    ),
)
