"""Sample works: Africa 10 and 11, which are done, and Americas 2, under way, as they would have become known.

Published are the pavilions and their stages, the memorandum of December 2022, the contribution of 2023, the design from
2023 to 2025, the start of construction in early 2025 and two purposes of Americas 2. All other days, weights,
dependencies and reasons are invented, so that they agree with the closures of `plan.CLOSURES`: from the first day that
rooms are emptied until `DAYS_AFTER` days after the pavilion is handed over.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time

import sqlalchemy as sa
from sqlalchemy.orm import Session

from campus.places.models import Pavilion
from campus.renovation import queries
from campus.renovation.models import (
    Baseline,
    BaselineSpan,
    Milestone,
    MilestoneLink,
    MilestoneReport,
    MilestoneVersion,
    PackageDocument,
    PackageNote,
    WorksPackage,
)
from campus.renovation.network import Kind
from core import clock

ACTOR = "command"
FIRST, LAST = "Rooms emptied", "Handed over"
DAYS_AFTER = 7
FS, FF = Kind.FINISH_START, Kind.FINISH_FINISH


@dataclass(frozen=True, slots=True)
class Told:
    """What was reported of a milestone on a day; the first one is what was planned. All days as ISO dates."""

    on: str
    start: str
    finish: str
    state: str = ""  # begun or ended
    why: str = ""


@dataclass(frozen=True, slots=True)
class SampleWorks:
    """A package: milestones by name with weight and reports, what waits for what, baselines, notes, a document."""

    slug: str
    name: str
    pavilion: str
    purposes: tuple[str, ...]
    added: str
    milestones: Mapping[str, tuple[int, tuple[Told, ...]]]
    links: tuple[tuple[str, str, Kind, int], ...]  # before, after, kind, lag
    baselines: tuple[tuple[str, str], ...]  # day, why
    notes: tuple[tuple[str, str], ...] = ()  # day, text
    document: tuple[str, str] | None = None  # name, address


CONSTRUCTION, TESTS, FURNITURE = "Construction", "Heating, water and lifts tested", "Rooms furnished"
_AFRICA_LINKS = (
    (FIRST, CONSTRUCTION, FS, 1),
    (CONSTRUCTION, TESTS, FF, 21),
    (CONSTRUCTION, FURNITURE, FS, -14),
    (TESTS, LAST, FS, 14),
    (FURNITURE, LAST, FS, 19),
)
AFRICA_10 = SampleWorks(
    slug="africa-10",
    name="Renovation of Africa 10",
    pavilion="Africa 10",
    purposes=("safety", "energy", "comfort"),
    added="2021-12-01",
    milestones={
        FIRST: (
            1,
            (
                Told("2021-12-01", "2022-01-01", "2022-01-14"),
                Told("2022-01-17", "2022-01-01", "2022-01-14", "ended"),
            ),
        ),
        CONSTRUCTION: (
            6,
            (
                Told("2021-12-01", "2022-01-17", "2022-10-07"),
                Told("2022-01-17", "2022-01-17", "2022-10-07", "begun"),
                Told("2022-10-14", "2022-01-17", "2022-12-08", "begun", "The windows came nine weeks late"),
                Told("2022-12-09", "2022-01-17", "2022-12-08", "ended"),
            ),
        ),
        TESTS: (
            2,
            (
                Told("2021-12-01", "2022-09-12", "2022-10-28"),
                Told("2022-11-14", "2022-11-14", "2022-12-29", "begun"),
                Told("2023-01-02", "2022-11-14", "2022-12-29", "ended"),
            ),
        ),
        FURNITURE: (
            2,
            (
                Told("2021-12-01", "2022-09-23", "2022-11-04"),
                Told("2022-11-24", "2022-11-24", "2023-01-05", "begun"),
                Told("2023-01-09", "2022-11-24", "2023-01-05", "ended"),
            ),
        ),
        LAST: (
            1,
            (
                Told("2021-12-01", "2022-11-23", "2022-11-23"),
                Told("2023-01-24", "2023-01-24", "2023-01-24", "ended"),
            ),
        ),
    },
    links=_AFRICA_LINKS,
    baselines=(("2021-12-01", "Stage 1 of the renovation"),),
)
AFRICA_11 = SampleWorks(
    slug="africa-11",
    name="Renovation of Africa 11",
    pavilion="Africa 11",
    purposes=("energy", "comfort", "accessibility"),
    added="2021-12-01",
    milestones={
        FIRST: AFRICA_10.milestones[FIRST],
        CONSTRUCTION: (
            6,
            (
                Told("2021-12-01", "2022-01-17", "2022-10-07"),
                Told("2022-01-17", "2022-01-17", "2022-10-07", "begun"),
                Told("2022-09-30", "2022-01-17", "2022-11-04", "begun", "Floors had to dry for longer"),
                Told("2022-11-04", "2022-01-17", "2023-01-05", "begun", "The contractor of the roof was replaced"),
                Told("2023-01-09", "2022-01-17", "2023-01-05", "ended"),
            ),
        ),
        TESTS: (
            2,
            (
                Told("2021-12-01", "2022-09-12", "2022-10-28"),
                Told("2022-12-12", "2022-12-12", "2023-01-26", "begun"),
                Told("2023-01-27", "2022-12-12", "2023-01-26", "ended"),
            ),
        ),
        FURNITURE: (
            2,
            (
                Told("2021-12-01", "2022-09-23", "2022-11-04"),
                Told("2022-12-22", "2022-12-22", "2023-02-02", "begun"),
                Told("2023-02-03", "2022-12-22", "2023-02-02", "ended"),
            ),
        ),
        LAST: (
            1,
            (
                Told("2021-12-01", "2022-11-23", "2022-11-23"),
                Told("2023-02-21", "2023-02-21", "2023-02-21", "ended"),
            ),
        ),
    },
    links=_AFRICA_LINKS,
    baselines=(("2021-12-01", "Together with Africa 10"),),
)
MEMORANDUM, CONTRIBUTION = "Memorandum of understanding signed", "Host government contribution received"
DESIGN, CONTRACTS = "Design and consultants", "Works contracts signed"
INSPECTION = "Accessibility inspection passed"
AMERICAS_2 = SampleWorks(
    slug="americas-2",
    name="Renovation of Americas 2",
    pavilion="Americas 2",
    purposes=("safety", "energy"),
    added="2022-12-15",
    milestones={
        MEMORANDUM: (1, (Told("2022-12-15", "2022-12-14", "2022-12-14", "ended"),)),
        CONTRIBUTION: (
            1,
            (
                Told("2022-12-15", "2023-05-31", "2023-05-31"),
                Told("2023-06-30", "2023-06-27", "2023-06-27", "ended"),
            ),
        ),
        DESIGN: (
            3,
            (
                Told("2022-12-15", "2023-03-01", "2024-06-28"),
                Told("2023-03-06", "2023-03-01", "2024-06-28", "begun"),
                Told("2024-05-17", "2023-03-01", "2024-12-13", "begun", "The energy study was widened"),
                Told("2024-12-06", "2023-03-01", "2025-01-10", "begun", "Comments of the fire brigade"),
                Told("2025-01-13", "2023-03-01", "2025-01-10", "ended"),
            ),
        ),
        CONTRACTS: (
            1,
            (
                Told("2024-09-16", "2025-01-20", "2025-01-20"),
                Told("2025-01-20", "2025-01-20", "2025-01-20", "ended"),
            ),
        ),
        FIRST: (
            1,
            (
                Told("2024-09-16", "2025-02-01", "2025-02-14"),
                Told("2025-02-17", "2025-02-01", "2025-02-14", "ended"),
            ),
        ),
        CONSTRUCTION: (
            10,
            (
                Told("2024-09-16", "2025-02-17", "2026-06-26"),
                Told("2025-02-17", "2025-02-17", "2026-06-26", "begun"),
                Told("2025-05-30", "2025-02-17", "2026-07-03", "begun", "Scaffolding came a week late"),
                Told("2025-09-05", "2025-02-17", "2026-06-26", "begun", "A second shift made up for it"),
                Told("2025-11-28", "2025-02-17", "2026-12-24", "begun", "The pipes in the walls must be replaced"),
                Told("2026-03-27", "2025-02-17", "2026-12-18", "begun", "The third floor needed fewer new pipes"),
                Told("2026-08-28", "2025-02-17", "2026-12-24", "begun", "The contractor closed in August"),
            ),
        ),
        TESTS: (2, (Told("2024-09-16", "2026-05-25", "2026-07-24"),)),
        FURNITURE: (2, (Told("2024-09-16", "2026-06-05", "2026-07-31"),)),
        INSPECTION: (1, (Told("2024-09-16", "2026-08-07", "2026-08-07"),)),
        LAST: (1, (Told("2024-09-16", "2026-08-24", "2026-08-24"),)),
    },
    links=(
        (DESIGN, CONTRACTS, FS, 7),
        (CONTRIBUTION, CONTRACTS, FS, 0),
        (CONTRACTS, FIRST, FS, 12),
        (FIRST, CONSTRUCTION, FS, 1),
        (CONSTRUCTION, TESTS, FF, 28),
        (CONSTRUCTION, FURNITURE, FS, -21),
        (TESTS, INSPECTION, FS, 0),
        (FURNITURE, INSPECTION, FS, 7),
        (INSPECTION, LAST, FS, 17),
    ),
    baselines=(
        ("2024-09-20", "Approved with the closure of the pavilion"),
        ("2026-04-15", "New dates, as the pipes must be replaced"),
    ),
    notes=(
        ("2025-02-17", "The site office is in the car park behind the pavilion; deliveries until 07:30 only."),
        ("2025-11-28", "Sample walls were opened on two floors: the pipes are worse than the survey of 2023 said."),
    ),
    document=("Sample minutes of the site meetings", "https://example.org/works/americas-2/minutes"),
)
WORKS = (AFRICA_10, AFRICA_11, AMERICAS_2)


def write_packages(session: Session) -> int:
    """Write what of the works would be known by now; how many packages."""
    pavilions = {row.name: row.id for row in session.execute(sa.select(Pavilion.id, Pavilion.name))}
    known = [one for one in WORKS if _morning(one.added) <= clock.now()]
    for one in known:
        _write(session, one, pavilions[one.pavilion])
    return len(known)


def _write(session: Session, works: SampleWorks, pavilion_id: int) -> None:
    package = WorksPackage(
        slug=works.slug,
        name=works.name,
        pavilion_id=pavilion_id,
        purposes=list(works.purposes),
        added_at=_morning(works.added),
    )
    session.add(package)
    session.flush()
    keys = {
        name: _milestone(session, package, name, position, weight, reports)
        for position, (name, (weight, reports)) in enumerate(works.milestones.items())
        if _morning(reports[0].on) <= clock.now()
    }
    added = {name: reports[0].on for name, (_weight, reports) in works.milestones.items()}
    for before, after, kind, lag in works.links:
        if before in keys and after in keys:
            ends = {"before_id": keys[before], "after_id": keys[after]}
            at = _morning(max(added[before], added[after]))
            session.add(MilestoneLink(kind=kind, lag=lag, recorded_at=at, recorded_by=ACTOR, **ends))
    session.flush()
    for number, (day, why) in enumerate(_by_now(works.baselines), 1):
        _baseline(session, package, number, day, why)
    for day, text in _by_now(works.notes):
        session.add(PackageNote(package_id=package.id, text=text, added_at=_morning(day), added_by=ACTOR))
    if works.document:
        name, url = works.document
        paper = {"name": name, "kind": "link", "url": url, "added_at": _morning(works.added), "added_by": ACTOR}
        session.add(PackageDocument(package_id=package.id, **paper))
    session.flush()


def _milestone(
    session: Session, package: WorksPackage, name: str, position: int, weight: int, reports: tuple[Told, ...]
) -> int:
    milestone = Milestone(package_id=package.id)
    session.add(milestone)
    session.flush()
    at = {"recorded_at": _morning(reports[0].on), "recorded_by": ACTOR}
    session.add(MilestoneVersion(milestone_id=milestone.id, name=name, weight=weight, position=position, **at))
    for one in reports:
        if _morning(one.on) <= clock.now():
            session.add(_report(milestone.id, one))
    return milestone.id


def _report(key: int, told: Told) -> MilestoneReport:
    return MilestoneReport(
        milestone_id=key,
        reported_on=date.fromisoformat(told.on),
        start=date.fromisoformat(told.start),
        finish=date.fromisoformat(told.finish),
        begun=bool(told.state),
        ended=told.state == "ended",
        why=told.why,
        recorded_at=_morning(told.on),
        recorded_by=ACTOR,
    )


def _baseline(session: Session, package: WorksPackage, number: int, day: str, why: str) -> None:
    """The plan as it was known that day, approved."""
    at = _morning(day)
    baseline = Baseline(package_id=package.id, number=number, approved_at=at, approved_by=ACTOR, why=why)
    session.add(baseline)
    session.flush()
    plan = queries.plan(session, at)
    for key in plan.of(package.id):
        span, weight = plan.placed[key].span, plan.milestones[key].weight
        spans = {"start": span.start, "finish": span.finish, "weight": weight}
        session.add(BaselineSpan(baseline_id=baseline.id, milestone_id=key, **spans))


def _by_now(dated: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    return [(day, text) for day, text in dated if _morning(day) <= clock.now()]


def _morning(day: str) -> datetime:
    return datetime.combine(date.fromisoformat(day), time(8), UTC)
