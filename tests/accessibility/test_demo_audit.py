"""The whole audit of the demo site: exactly what is planted.

As everybody and as a student, in both windows: each role in one of them every day, in the other in a long run.
"""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from accessibility.engine.audit import RunOptions
from accessibility.engine.finding import Finding
from accessibility.engine.page import STATE_OVERLAY, STATE_PAGE, Reason, Row, RowState
from accessibility.engine.platform import PlatformSettings
from accessibility.engine.platform_file import read_platform_file
from accessibility.engine.score import coverage
from tests.accessibility.auditing import Audited
from tests.demo_site.description import LOGIN, platform_toml
from tests.demo_site.planted import PLANTED, ROLES, VIEWPORTS, Planted
from tests.demo_site.serve import RunningSite, running

Seat = tuple[str, str]  # a role and its window
OF_A_DAY = {("anonymous", "desktop"), ("student", "mobile")}
SEATS = [
    pytest.param(
        (role, viewport), id=f"{role}, {viewport}", marks=() if (role, viewport) in OF_A_DAY else pytest.mark.long
    )
    for role in ROLES
    for viewport in VIEWPORTS
]
"""What becomes of addresses that are no clean page, in every role and viewport: state, reason, start of the detail."""
ODD = {
    "/unavailable": ("not audited", "server error", "503"),
    "/hung": ("not audited", "hung", ""),
    "/loop-a": ("not audited", "redirect loop", ""),
    "/huge": ("not audited", "too large", ""),
    "/private/notes": ("not audited", "robots", ""),
    "/gone": ("excluded", "gone", "410"),
    "/missing-link": ("excluded", "not found", "404"),
    "/redirected": ("excluded", "redirected onto another page", "/course/3"),
    "/old-address": ("excluded", "redirected out of scope", "http://demo.invalid/"),
    "/download?id=1": ("excluded", "document", "download"),
    "/course/4?view=print": ("excluded", "same content as another page", "/course/4"),
    "/calendar?month=2026-11": ("excluded", "same content as another page", "/calendar"),
    "/beacon": ("partly audited", "request blocked", "POST /ajax/save"),
}


@pytest.fixture(scope="module", params=SEATS)
def seat(request: pytest.FixtureRequest) -> Seat:
    seat: Seat = request.param
    return seat


@pytest.fixture(scope="module")
def site(seat: Seat) -> Iterator[RunningSite]:
    """A site for each of them, as it remembers what was sent to it."""
    with running() as site:
        yield site


@pytest.fixture(scope="module")
def settings(site: RunningSite, tmp_path_factory: pytest.TempPathFactory) -> PlatformSettings:
    return read_settings(site, tmp_path_factory.mktemp("demo"))


def read_settings(site: RunningSite, folder: Path) -> PlatformSettings:
    file = folder / "platform.toml"
    file.write_text(platform_toml(site.base), encoding="utf-8")
    return read_platform_file(file, LOGIN)


@pytest.fixture(scope="module")
def audited(site: RunningSite, settings: PlatformSettings, seat: Seat) -> Audited:
    role, viewport = seat
    return Audited(site.base).run(settings, RunOptions(roles=(role,), viewports=(viewport,)))


def test_exactly_the_planted_barriers_are_found(audited: Audited, seat: Seat) -> None:
    found = Counter(_seen(audited.base, row, finding) for row, finding in audited.worklist.findings())
    planted = Counter({_promised(each, *seat): each.count for each in PLANTED if _on(each, *seat)})
    assert found - planted == Counter()
    assert planted - found == Counter()


Seen = tuple[str, str, str, str, tuple[str, ...], str, str, bool, str]


def _seen(base: str, row: Row, finding: Finding) -> Seen:
    marker = finding.html.partition('data-barrier="')[2].partition('"')[0]
    return (
        row.key.url.removeprefix(base),
        row.key.role,
        row.key.viewport,
        finding.rule,
        finding.criteria,
        marker,
        finding.outcome.value,
        bool(finding.frame),
        finding.state,
    )


def _on(each: Planted, role: str, viewport: str) -> bool:
    return role in each.roles and viewport in each.viewports


def _promised(each: Planted, role: str, viewport: str) -> Seen:
    state = STATE_OVERLAY if each.where == "in-tour" else STATE_PAGE
    marker = each.where if each.check == "axe" else ""
    return (
        each.path,
        role,
        viewport,
        each.rule,
        each.criteria,
        marker,
        each.outcome,
        bool(each.frame),
        state,
    )


@pytest.mark.parametrize("path", ODD)
def test_what_is_no_clean_page_has_a_row_that_says_why(audited: Audited, seat: Seat, path: str) -> None:
    state, reason, detail = audited.state(path, *seat)
    assert (state, reason) == ODD[path][:2]
    assert detail.startswith(ODD[path][2])


def test_every_other_row_is_audited(audited: Audited, seat: Seat) -> None:
    redirected = {"/my/"}  # to the login, for whoever is not logged in
    others = [
        row for row in audited.worklist.rows() if row.key.url.removeprefix(audited.base) not in {*ODD, *redirected}
    ]
    assert {(row.state, row.reason) for row in others} == {(RowState.AUDITED, None)}
    elsewhere = ("excluded", "redirected onto another page", "/login")
    assert audited.state("/my/", *seat) == (elsewhere if seat[0] == "anonymous" else ("audited", "", ""))


def test_every_page_of_the_site_has_a_row(audited: Audited, seat: Seat) -> None:
    everybody = {
        "/",
        "/courses",
        "/script-linked",
        "/only-in-sitemap",
        "/app/#/lessons",
        "/slow",
        "/calendar?month=2026-12",
    }
    urls = {row.key.url.removeprefix(audited.base) for row in audited.worklist.rows()}
    assert everybody | set(ODD) | {each.path for each in PLANTED if seat[0] in each.roles} <= urls


def test_the_calendar_ends_after_a_few_months(audited: Audited) -> None:
    months = {row.key.url for row in audited.worklist.rows() if "month=" in row.key.url}
    assert len(months) == 4
    over = {item.url for item in audited.worklist.declined() if item.reason is Reason.PATTERN_BUDGET}
    assert over == {f"{audited.base}/calendar?month=2026-08", f"{audited.base}/calendar?month=2027-01"}


def test_documents_and_language_variants_are_counted_but_not_visited(audited: Audited) -> None:
    declined = {(item.url.removeprefix(audited.base), item.reason) for item in audited.worklist.declined()}
    assert ("/files/handbook.pdf", Reason.DOCUMENT) in declined
    assert ("/courses?lang=fr", Reason.FOLDED) in declined


def test_the_tour_is_audited_open_and_closed(audited: Audited, seat: Seat) -> None:
    assert audited.row("/tour-page", *seat).states == (STATE_OVERLAY, STATE_PAGE)


@pytest.mark.usefixtures("audited")
def test_nothing_was_sent_but_the_login_and_what_is_harmless(site: RunningSite, seat: Seat) -> None:
    login = {"/login"} if seat[0] == "student" else set()
    assert set(site.app_state.posts) == {"/lib/ajax/service.php"} | login
    assert site.app_state.feedback_count == 0
    assert site.app_state.logouts == 0


def test_the_coverage_lies_above_the_sites_own_floor(audited: Audited, settings: PlatformSettings) -> None:
    assert settings.coverage_floor <= coverage(audited.worklist.rows()).share < 0.95


def test_a_second_crawl_gives_the_same_plan(tmp_path: Path) -> None:
    options = RunOptions(roles=("anonymous",), viewports=("desktop",), checks=("page-title",))
    part = {"start": ("/courses",), "sitemaps": ("/none.xml",), "max_pages": 8}
    with running() as site:
        settings = read_settings(site, tmp_path).model_copy(update=part)
        first, second = (Audited(site.base).run(settings, options) for _ in range(2))
    assert [row.planned for row in first.worklist.rows()] == [row.planned for row in second.worklist.rows()]
    assert first.worklist.declined() == second.worklist.declined()
