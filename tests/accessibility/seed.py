"""A believable small history: three platforms, ten nights, tickets in every state. For the tests of pages.

Every night goes through the real work list and the real end of an audit; only what pages answered is written down here.

- eCampus: two roles, new and reopened failures last night, repairs proven, pages that could not be audited.
- Public site: all well.
- Partner platform: its login broke last night.

`Seed.run_more` adds what is rarer: an audit that runs, one that failed, a platform that is paused.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.orm import Session

from accessibility.engine.finding import Finding, Impact, Outcome
from accessibility.engine.page import ANONYMOUS, Declined, PlannedRow, Reason
from accessibility.engine.platform import PlatformSettings
from accessibility.ledger.audits import actions as audits
from accessibility.ledger.audits.close import close_audit
from accessibility.ledger.audits.models import Audit
from accessibility.ledger.audits.worklist import DatabaseWorkList
from accessibility.ledger.platforms import actions as platforms
from accessibility.ledger.platforms import queries, recipes
from accessibility.ledger.sections import actions as sections
from accessibility.ledger.sections.actions import Wanted
from accessibility.ledger.tickets import actions, history
from accessibility.ledger.tickets.models import Ticket
from accessibility.ledger.tickets.rules import TicketState
from core import clock, job_runs
from core.database import Database
from core.people.models import Person
from tests.accessibility.ledger.nights import Visit, audited, excluded, not_audited, partly

NIGHTS = 10
BEFORE = timedelta(hours=8)  # the last night began so long ago
CROPS = Path(__file__).parent / "sample_crops"
STUDENT = "student"
ECAMPUS = "https://ecampus.example.org"
PUBLIC = "https://www.example.org"
PARTNER = "https://partner.example.org"


def failure(
    component: str,
    rule: str,
    impact: Impact,
    criterion: str,
    message: str,
    html: str,
    name: str = "",
    steps: tuple[str, ...] = (),
) -> Finding:
    """One failure as axe would tell it."""
    return Finding(
        check="axe",
        rule=rule,
        criteria=(criterion,),
        outcome=Outcome.FAILED,
        impact=impact,
        message=message,
        help_url=f"https://dequeuniversity.com/rules/axe/4.14/{rule}",
        component=component,
        selector=f"main > .{component}",
        html=html,
        name=name,
        steps=steps,
    )


ENROL = failure(
    "enrol",
    "button-name",
    Impact.CRITICAL,
    "4.1.2",
    "Buttons must have discernible text. Element has no title, and its text is not visible to screen readers.",
    '<span role="button" tabindex="0" class="enrol" onclick="alert(1)"><svg></svg></span>',
    steps=("Open the page with a screen reader.", "Press Tab until the button below the course's title has focus."),
)
DATES = failure(
    "dates",
    "color-contrast",
    Impact.SERIOUS,
    "1.4.3",
    "Elements must meet minimum color contrast ratio thresholds. Contrast is 1.96 (#b9b9b9 on #fff), 4.5:1 is needed.",
    '<td class="dates">27</td>',
    "27",
)
GALLERY = failure(
    "gallery",
    "image-alt",
    Impact.CRITICAL,
    "1.1.1",
    "Images must have alternative text. Element does not have an alt attribute.",
    '<img src="/course/42.jpg" class="gallery">',
)
SEARCH = failure(
    "search",
    "label",
    Impact.CRITICAL,
    "4.1.2",
    "Form elements must have labels. Element has no label; a placeholder is not one.",
    '<input type="search" placeholder="Search courses">',
    "Search courses",
)
MORE = failure(
    "more",
    "link-name",
    Impact.SERIOUS,
    "2.4.4",
    "Links must have discernible text. The text of the link is only “…”.",
    '<a href="/news/7" class="more">…</a>',
)
BADGE = failure(
    "badge",
    "color-contrast",
    Impact.SERIOUS,
    "1.4.3",
    "Elements must meet minimum color contrast ratio thresholds. Contrast is 1.4 (#fff on #ffd54a), 4.5:1 is needed.",
    '<span class="badge">New this week</span>',
    "New this week",
)
LANG = failure(
    "lang",
    "html-has-lang",
    Impact.SERIOUS,
    "3.1.1",
    "<html> element must have a lang attribute. The document says no language.",
    "<html>",
)
FRAME = failure(
    "frame",
    "frame-title",
    Impact.SERIOUS,
    "4.1.2",
    "Frames must have an accessible name. The frame has no title.",
    '<iframe src="https://video.example.net/an-address-without-any-place-to-break-in-it-0123456789"></iframe>',
)
LIST = failure(
    "list",
    "listitem",
    Impact.MODERATE,
    "1.3.1",
    "<li> elements must be contained in a <ul> or <ol>. The item stands in a <div>.",
    '<li class="list">Opening hours</li>',
    "Opening hours",
)
OLD = failure(
    "old",
    "td-headers-attr",
    Impact.MINOR,
    "1.3.1",
    "Table cells must refer to headers of the same table. The header “room” is in another table.",
    '<td headers="room">12</td>',
    "12",
)


def question(component: str, criterion: str, rule: str, message: str, html: str) -> Finding:
    """Something that only a person can judge."""
    found = failure(component, rule, Impact.MODERATE, criterion, message, html)
    return Finding(**{**{name: getattr(found, name) for name in Finding.__slots__}, "outcome": Outcome.NEEDS_REVIEW})


QUESTIONS = (
    question(
        "hero",
        "1.4.3",
        "color-contrast",
        "Elements must meet minimum color contrast ratio thresholds. The background is a picture.",
        '<h1 class="hero">Welcome</h1>',
    ),
    question(
        "home", "2.4.2", "page-title-meaningless", "Does the title “Index” say what the page is about?", "<title>"
    ),
    question(
        "twins",
        "2.4.2",
        "page-title-duplicate",
        "Are these pages one subject? They have the same title, “Course”.",
        "<title>",
    ),
)


@dataclass
class Seed:
    """Writes the history into a database. `set_now` moves the clock of the process."""

    database: Database
    evidence: Path
    now: datetime
    set_now: Callable[[datetime], None]
    lead: Person = field(init=False)

    def run(self) -> None:
        """The whole history; the clock ends at `now`, some hours after the last night."""
        self.set_now(self.now - timedelta(days=NIGHTS + 1))
        with self.database.write() as session:
            self.lead = session.scalars(sa.select(Person).order_by(Person.id).limit(1)).one()
            for settings in (_ecampus(), _public_site(), _partner()):
                planned = settings.model_copy(update={"schedule": self._schedule(), "time_zone": "UTC"})
                platforms.save(session, planned, "command", admin=True)
            self._sections(session)
        for night in range(1, NIGHTS + 1):
            self._run_night(night)
        self.set_now(self.now)

    def _sections(self, session: Session) -> None:
        """Two parts of eCampus: a course that the lead answers for, and a forum with pages of nobody."""
        platform = queries.get(session, "ecampus")
        course = Wanted("course-1", "Introduction to statistics", ["/course/1", "/course/1/*"], self.lead.id)
        forum = Wanted("forum", "Forum", ["/forum*", f"{ECAMPUS}/mod/forum/*"])
        for wanted in (course, forum):
            sections.create(session, platform, f"person:{self.lead.id}", wanted)

    def run_more(self) -> None:
        """An audit of the public site that runs, and a paused archive whose only audit failed."""
        with self.database.write() as session:
            archive = PlatformSettings(slug="archive", name="Sample archive", base=(f"{PUBLIC}/archive/",), schedule="")
            platform = platforms.save(session, archive, "command", admin=True)
            audit = self._queue(session, "archive")
            audits.fail(session, audit.id, "Unavailable: no browser was found <script>alert(1)</script>")
            job_runs.fail(session, audit.job_run_id or 0, "Unavailable: no browser was found")
            platforms.deactivate(session, platform, "command")
        with self.database.write() as session:
            running = self._queue(session, "public-site")
        visits = public_site(NIGHTS)
        worklist = DatabaseWorkList(self.database, running.id, self.evidence)
        worklist.plan(0, [PlannedRow(visit.key, 0, place, "start") for place, visit in enumerate(visits)], [])
        for visit in visits[:4]:
            worklist.finish(visit.key, visit.result)

    def _schedule(self) -> str:
        begin = self.now - BEFORE
        return f"{begin.minute} {begin.hour} * * *"

    def _run_night(self, night: int) -> None:
        self.set_now(self.now - BEFORE - timedelta(days=NIGHTS - night))
        self._audit("ecampus", ecampus(night))
        self._audit("partner", partner(night))
        self._audit("public-site", public_site(night))
        with self.database.write() as session:
            self._work(session, night)

    def _audit(self, slug: str, visits: list[Visit]) -> None:
        crops = {file.stem: file.read_bytes() for file in CROPS.glob("*.png")}
        with self.database.write() as session:
            audit = self._queue(session, slug)
        worklist = DatabaseWorkList(self.database, audit.id, self.evidence)
        rows = [PlannedRow(visit.key, 0, position, "start") for position, visit in enumerate(visits)]
        worklist.plan(0, rows, [Declined(ANONYMOUS, f"{visits[0].url}?lang=fr", Reason.FOLDED)])
        for visit in visits:
            result = visit.result
            result.crops.update(
                {one.component: crops[one.component] for one in visit.findings if one.component in crops}
            )
            worklist.finish(visit.key, result)
        self._wait(minutes=40)
        with self.database.write() as session:
            close_audit(session, audit.id)
            assert audit.job_run_id is not None
            job_runs.finish(session, audit.job_run_id, {"audited": len(visits)})

    def _queue(self, session: Session, slug: str) -> Audit:
        platform = queries.get(session, slug)
        self._wait(minutes=5)
        run = job_runs.claim(session, f"nightly audit: {slug}", self._clock, "worker")
        assert run is not None
        job_runs.start(session, run.id, "worker")
        recorded = recipes.as_recorded(platform)
        audit = audits.request_audit(
            session, platform.id, audits.BY_SCHEDULE, None, recorded, {"axe-core": "4.14.1"}, job_run_id=run.id
        )
        audits.take_audit(session, "worker", self._clock + timedelta(hours=1))
        return audit

    def _work(self, session: Session, night: int) -> None:
        """What people do on the day after a night."""
        self._wait(hours=7)
        author = history.person(self.lead)
        today = self._clock.date()
        steps: dict[int, list[tuple[str, Callable[..., object]]]] = {
            1: [
                ("image-alt", partial(actions.assign, assignee_id=self.lead.id)),
                ("image-alt", partial(actions.work, to=TicketState.IN_PROGRESS)),
                ("label", partial(actions.work, to=TicketState.FIXED, text="Labels added with release 4.2.")),
                (
                    "html-has-lang",
                    partial(
                        actions.make_exception,
                        kind=TicketState.ACCEPTED_RISK,
                        reason="The old page goes away in spring.",
                        until=today + timedelta(days=180),
                    ),
                ),
            ],
            3: [("image-alt", partial(actions.comment, text="The gallery's template is being rewritten."))],
            4: [
                (
                    "td-headers-attr",
                    partial(
                        actions.make_exception,
                        kind=TicketState.FALSE_POSITIVE,
                        reason="The header is in the same table; the checker is wrong.",
                        until=today + timedelta(days=90),
                    ),
                )
            ],
            8: [("link-name", partial(actions.work, to=TicketState.FIXED))],
            9: [
                ("frame-title", partial(actions.assign, assignee_id=self.lead.id)),
                ("frame-title", partial(actions.work, to=TicketState.FIXED)),
            ],
        }
        for rule, step in steps.get(night, []):
            ticket = session.scalars(sa.select(Ticket).where(Ticket.rule == rule).order_by(Ticket.id).limit(1)).one()
            step(session, ticket.id, author)

    def _wait(self, **time: float) -> None:
        self.set_now(clock.now() + timedelta(**time))

    @property
    def _clock(self) -> datetime:
        return clock.now()


def ecampus(night: int) -> list[Visit]:
    """Pages of the eCampus, as a visitor and as a student, on both windows."""
    found: dict[str, list[Finding]] = {
        "/": [QUESTIONS[0], *_during(night, 1, 8, MORE)],
        "/courses": [GALLERY, *_during(night, 1, 3, SEARCH), *_during(night, 4, 10, LIST)],
        "/course/1": [GALLERY, *_during(night, 10, 10, ENROL), FRAME],
        "/course/2": [GALLERY, *_during(night, 10, 10, ENROL), QUESTIONS[2]],
        "/calendar": [*_during(night, 10, 10, DATES), *_during(night, 2, 9, OLD)],
        "/my": [*_during(night, 2, 10, BADGE)],
        "/old": [LANG, QUESTIONS[1]],
    }
    visits = []
    for role in (ANONYMOUS, STUDENT):
        for viewport in ("desktop", "mobile"):
            place = {"role": role, "viewport": viewport}
            visits += [audited(ECAMPUS + path, *some, template=path, **place) for path, some in found.items()]
            late = not_audited if night == NIGHTS else audited
            visits.append(late(f"{ECAMPUS}/reports", **place))
            visits.append(
                partly(f"{ECAMPUS}/library", **place) if night > 7 else audited(f"{ECAMPUS}/library", **place)
            )
            visits.append(excluded(f"{ECAMPUS}/news/2019", **place))
    visits += [audited(f"{ECAMPUS}/course/{number}", role=STUDENT, template="/course/1") for number in range(3, 18)]
    return visits


def public_site(night: int) -> list[Visit]:
    """Pages of the public site."""
    gone = night > 6
    old = excluded(f"{PUBLIC}/fair") if gone else audited(f"{PUBLIC}/fair", failure("fair", *_FAIR))
    paths = ("/", "/contact", "/news", "/jobs", "/library")
    pages = [
        audited(
            PUBLIC + path, *(_during(night, 1, 8, MORE) if path == "/news" else ()), template=path, viewport=viewport
        )
        for path in paths
        for viewport in ("desktop", "mobile")
    ]
    return [*pages, old]


_FAIR = (
    "meta-viewport",
    Impact.MODERATE,
    "1.4.4",
    "Zooming and scaling must not be disabled. user-scalable=no is set.",
    '<meta name="viewport" content="user-scalable=no">',
)


def partner(night: int) -> list[Visit]:
    """Pages of the partner platform, whose login breaks in the last night."""
    home = audited(f"{PARTNER}/", LIST)
    if night < NIGHTS:
        return [home, *(audited(f"{PARTNER}/unit/{number}", role="teacher") for number in range(1, 8))]
    return [
        home,
        *(not_audited(f"{PARTNER}/unit/{number}", Reason.LOGIN_FAILED, role="teacher") for number in range(1, 8)),
    ]


def _during(night: int, first: int, last: int, finding: Finding) -> Iterable[Finding]:
    return (finding,) if first <= night <= last else ()


def _login(name: str) -> dict[str, object]:
    login = {
        "kind": "form",
        "address": "/login",
        "fields": {"username": f"audit-{name}", "password": "not a real password"},
        "sentinel": "a[href*='logout']",
    }
    return {"name": name, "login": login}


def _ecampus() -> PlatformSettings:
    return PlatformSettings.model_validate(
        {
            "slug": "ecampus",
            "name": "Sample eCampus",
            "base": (f"{ECAMPUS}/",),
            "roles": [_login(STUDENT)],
            "owner": "lead@example.org",
            "preset": "moodle",
            "coverage_floor": 0.8,
        }
    )


def _public_site() -> PlatformSettings:
    return PlatformSettings.model_validate(
        {"slug": "public-site", "name": "Sample public site", "base": (f"{PUBLIC}/",)}
    )


def _partner() -> PlatformSettings:
    return PlatformSettings.model_validate(
        {
            "slug": "partner",
            "name": "Sample partner platform",
            "base": (f"{PARTNER}/",),
            "roles": [_login("teacher")],
            "model": "ecampus",
        }
    )
