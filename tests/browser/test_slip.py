"""Americas 2 slips six weeks: from the milestone report to conflicts, lost nights and chance, confirmed and undone."""

from datetime import date, timedelta

import pytest
import sqlalchemy as sa
from playwright.sync_api import BrowserContext, Page, expect
from sqlalchemy.orm import Session

from campus.closures import actions, reading
from campus.closures.actions import WantedRule
from campus.forecast import told
from campus.forecast.keep import keep
from campus.forecast.make import make_forecast
from campus.forecast.models import OnTheBooks, Snapshot
from campus.forecast.targets import set_target
from campus.known import known
from campus.occupancy.actions import VERSIONED
from campus.occupancy.models import Claim, RoomNight
from campus.places.models import Pavilion
from campus.renovation import actions as works
from campus.renovation.actions import WantedMilestone, WantedPackage
from campus.renovation.network import Span, Wanted
from core import clock
from core.database import Database
from core.i18n import today
from tests.browser.conftest import Service
from tests.browser.keyboard import reach
from tests.campus.books import TEST, Campus, on, open_campus

ROOMS = 24  # half of them in Americas 2
HANDED_OVER = 60  # days from today, as planned
SIX_WEEKS = 42
WHY = "Sample windows come six weeks late"
MISSED = 1282  # days ago
START = today()
PACKAGE = "/works/packages/americas-2"


def day(number: int) -> date:
    return START + timedelta(days=number)


def snapshots(session: Session, campus: Campus) -> None:
    """Evenings of three and a half years: ten to twelve rooms a night in the end, booked over seventy nights.

    An early one was missed: so exponential smoothing, whose hundred curves take seconds, has too little to go by.
    """
    evenings = [day(-back) for back in range(1, 1300, 7) if back != MISSED]
    session.add_all(Snapshot(taken_on=one, made_at=clock.now(), replayed=True) for one in evenings)
    session.flush()
    rows = []
    for evening in evenings:
        for ahead in range(-7, 70):
            night = evening + timedelta(days=ahead)
            final = 10 + night.toordinal() // 7 % 3
            sold = final if ahead <= 0 else round(final * (1 - ahead / 70))
            rows.append(
                {"taken_on": evening, "night": night, "segment_id": campus.segments[0], "sold": sold, "held": 0}
            )
    session.execute(sa.insert(OnTheBooks), [one for one in rows if one["sold"]])


@pytest.fixture
def campus(sqlite_database: Database) -> Campus:
    """Americas 2 is under way, its rooms closed as planned; guests are booked for the weeks after its reopening."""
    with sqlite_database.write() as session, on(day(-1).isoformat()):
        campus = open_campus(session, ROOMS)
        pavilion = session.get_one(Pavilion, campus.pavilions[1])
        pavilion.slug, pavilion.name = "americas-2", "Americas 2"
        package = works.add_package(session, WantedPackage(name="Americas 2", pavilion_id=pavilion.id), TEST)
        planned = Wanted(Span(day(-200), day(HANDED_OVER)), begun=True)
        key = works.add_milestone(session, package, WantedMilestone(name="Construction"), planned, TEST).milestone_id
        actions.set_rule(session, package, WantedRule(key, 0, key, 2), TEST)
        proposal = reading.proposal_of(session, package)
        assert proposal is not None
        actions.confirm(session, package, proposal.digest, {}, TEST, "As planned")
        for room in (1, 3, 5, 7):
            for first in (70, 80):
                campus.stay(session, room, day(first).isoformat(), day(first + 6).isoformat())
        snapshots(session, campus)
    with sqlite_database.write() as session:  # from the books of the evening before
        kept = keep(session, today(), make_forecast(session, today()))
        for year, end in told.years_of(kept.content).items():  # within reach, whatever day of the year it is
            set_target(session, year, max(1, round(end.expected) - 50), "Sample programme", TEST)
    return campus


def stood(database: Database) -> tuple[set[tuple[object, ...]], set[tuple[object, ...]]]:
    """Every claim that was not cancelled, and every room night with its claim's number."""
    with database.read() as session:
        current = session.scalars(sa.select(Claim).where(known(Claim, None), Claim.status != "cancelled"))
        nights = session.execute(
            sa.select(RoomNight.room_id, RoomNight.night, Claim.number).join(Claim, Claim.id == RoomNight.claim_id)
        )
        return {tuple(getattr(one, name) for name in VERSIONED) for one in current}, {tuple(one) for one in nights}


def report_slip(page: Page, service: Service) -> None:
    """The milestone report by keyboard: construction is finished six weeks later. It leads to what that closes."""
    page.goto(f"{service.address}{PACKAGE}/plan")
    reach(page, page.get_by_role("link", name="Report Construction"))
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Report on Construction")
    finish = page.get_by_role("group", name="Finish")
    late = day(HANDED_OVER + SIX_WEEKS)
    for label, number in (("Day", late.day), ("Month", late.month), ("Year", late.year)):
        reach(page, finish.get_by_label(label, exact=True))
        page.keyboard.press("Control+A")
        page.keyboard.type(str(number))
    reach(page, page.get_by_label("Reason"))
    page.keyboard.type(WHY)
    press(page, "Show what it would move")
    expect(page.locator("main")).to_contain_text("Nothing is stored yet.")
    moves = page.get_by_role("table", name="Milestones that would move")
    expect(moves.get_by_role("row", name="Construction")).to_contain_text("42")
    press(page, "Store the report")
    expect(page.get_by_role("status")).to_contain_text("1 report is stored.")
    expect(page).to_have_url(f"{service.address}{PACKAGE}/closure")


def press(page: Page, button: str) -> None:
    """Tab to a button and press it."""
    reach(page, page.get_by_role("button", name=button))
    page.keyboard.press("Enter")


def closed_cells(page: Page, service: Service) -> int:
    """Nights of Americas 2 that the room chart shows closed, in the two weeks after the planned reopening."""
    page.goto(f"{service.address}/rooms/chart?pavilion=americas-2&start={day(HANDED_OVER + 3)}")
    cells = page.locator("td.closed")
    return sum(int(cells.nth(number).get_attribute("colspan") or 1) for number in range(cells.count()))


def test_americas_2_slips_six_weeks(live_service: Service, campus: Campus, context: BrowserContext) -> None:
    live_service.sign_in(context, "facilities")
    page = context.new_page()
    before = stood(live_service.database)
    page.goto(f"{live_service.address}{PACKAGE}/closure")
    expect(page.locator("main")).to_contain_text("nothing has to be done")
    assert closed_cells(page, live_service) == 0

    report_slip(page, live_service)
    main = page.locator("main")
    expect(main).to_contain_text("The plan closes 504 room-nights more than the books; 8 stays are in the way.")
    years = page.get_by_role("table", name="What becomes of each year").get_by_role("row")
    rows = [years.nth(number).get_by_role("cell").all_inner_texts() for number in range(1, years.count())]
    assert sum(int(cells[0].split()[-1]) for cells in rows) == 42 * ROOMS // 2
    ends = page.get_by_role("table", name="The year’s end and the chance of the target").get_by_role("row")
    chances = [ends.nth(number).get_by_role("cell").last.inner_text().split()[-1] for number in range(1, ends.count())]
    assert all(one.endswith("%") for one in chances), chances
    assert any(before != after for before, after in zip(chances[::3], chances[2::3], strict=True)), chances
    conflicts = page.get_by_role("table", name="Stays in conflict").get_by_role("combobox")
    expect(conflicts).to_have_count(8)
    assert stood(live_service.database) == before  # looking changes nothing

    press(page, "Show what will be done")
    expect(page.get_by_role("table", name="These move").get_by_role("row")).to_have_count(9)
    reach(page, page.get_by_label("Why the closures change"))
    page.keyboard.type(WHY)
    press(page, "Do all of this")
    expect(page.get_by_role("status")).to_contain_text("are those of the plan now")
    expect(main).to_contain_text("nothing has to be done")
    assert closed_cells(page, live_service) == 14 * ROOMS // 2

    page.goto(f"{live_service.address}/works/closures")
    reach(page, page.get_by_role("link", name="Undo").first)
    page.keyboard.press("Enter")
    press(page, "Undo it")
    expect(page.get_by_role("status")).to_contain_text("every claim is what it was before")
    assert stood(live_service.database) == before
    assert closed_cells(page, live_service) == 0
