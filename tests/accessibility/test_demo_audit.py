"""The whole audit of the demo site, as everybody and as a student, in both viewports: exactly what is planted."""

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

ROWS = [(role, viewport) for role in ROLES for viewport in VIEWPORTS]
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


@pytest.fixture(scope="module")
def site() -> Iterator[RunningSite]:
    with running() as site:
        yield site


@pytest.fixture(scope="module")
def settings(site: RunningSite, tmp_path_factory: pytest.TempPathFactory) -> PlatformSettings:
    file = tmp_path_factory.mktemp("demo") / "platform.toml"
    file.write_text(platform_toml(site.base), encoding="utf-8")
    return read_platform_file(Path(file), LOGIN)


@pytest.fixture(scope="module")
def audited(site: RunningSite, settings: PlatformSettings) -> Audited:
    return Audited(site.base).run(settings, RunOptions())


def test_exactly_the_planted_barriers_are_found(audited: Audited) -> None:
    found = Counter(_seen(audited.base, row, finding) for row, finding in audited.worklist.findings())
    planted = Counter(
        {
            _promised(each, role, viewport): each.count
            for each in PLANTED
            for role, viewport in ROWS
            if _on(each, role, viewport)
        }
    )
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
def test_what_is_no_clean_page_has_a_row_that_says_why(audited: Audited, path: str) -> None:
    for role, viewport in ROWS:
        state, reason, detail = audited.state(path, role, viewport)
        assert (state, reason) == ODD[path][:2]
        assert detail.startswith(ODD[path][2])


def test_every_other_row_is_audited(audited: Audited) -> None:
    redirected = {"/my/"}  # to the login, for whoever is not logged in
    others = [
        row for row in audited.worklist.rows() if row.key.url.removeprefix(audited.base) not in {*ODD, *redirected}
    ]
    assert {(row.state, row.reason) for row in others} == {(RowState.AUDITED, None)}
    assert audited.state("/my/") == ("excluded", "redirected onto another page", "/login")
    assert audited.state("/my/", "student")[0] == "audited"


def test_every_page_of_the_site_has_a_row(audited: Audited) -> None:
    everybody = {
        "/",
        "/courses",
        "/script-linked",
        "/only-in-sitemap",
        "/app/#/lessons",
        "/slow",
        "/calendar?month=2026-12",
    }
    for role in ROLES:
        urls = {row.key.url.removeprefix(audited.base) for row in audited.worklist.rows() if row.key.role == role}
        assert everybody | set(ODD) | {each.path for each in PLANTED if role in each.roles} <= urls


def test_the_calendar_ends_after_a_few_months(audited: Audited) -> None:
    months = {row.key.url for row in audited.worklist.rows() if "month=" in row.key.url}
    assert len(months) == 4
    over = {item.url for item in audited.worklist.declined() if item.reason is Reason.PATTERN_BUDGET}
    assert over == {f"{audited.base}/calendar?month=2026-08", f"{audited.base}/calendar?month=2027-01"}


def test_documents_and_language_variants_are_counted_but_not_visited(audited: Audited) -> None:
    declined = {(item.url.removeprefix(audited.base), item.reason) for item in audited.worklist.declined()}
    assert ("/files/handbook.pdf", Reason.DOCUMENT) in declined
    assert ("/courses?lang=fr", Reason.FOLDED) in declined


def test_the_tour_is_audited_open_and_closed(audited: Audited) -> None:
    assert audited.row("/tour-page").states == (STATE_OVERLAY, STATE_PAGE)


def test_nothing_was_sent_but_the_login_and_what_is_harmless(site: RunningSite, audited: Audited) -> None:
    assert set(site.app_state.posts) == {"/login", "/lib/ajax/service.php"}
    assert site.app_state.feedback_count == 0
    assert site.app_state.logouts == 0


def test_the_coverage_lies_above_the_sites_own_floor(audited: Audited, settings: PlatformSettings) -> None:
    assert settings.coverage_floor <= coverage(audited.worklist.rows()).share < 0.95


def test_a_second_crawl_gives_the_same_plan(site: RunningSite, settings: PlatformSettings) -> None:
    part = settings.model_copy(update={"start": ("/courses",), "sitemaps": ("/none.xml",), "max_pages": 8})
    options = RunOptions(roles=("anonymous",), viewports=("desktop",), checks=("page-title",))
    first, second = (Audited(site.base).run(part, options) for _ in range(2))
    assert [row.planned for row in first.worklist.rows()] == [row.planned for row in second.worklist.rows()]
    assert first.worklist.declined() == second.worklist.declined()
