"""Titles: missing is failed, meaningless or shared is a question."""

from collections.abc import Iterator
from typing import Any

import pytest

from accessibility.engine.checks.page_title import PageTitleCheck, SameTitleCheck
from accessibility.engine.finding import Outcome
from accessibility.engine.page import PageFacts, PlannedRow, Reason, Row, RowKey, RowState
from tests.accessibility.auditing import Audited, audit, settings_for
from tests.accessibility.site import TinySite, document, tiny_site

MISSING = ("page-title-missing", Outcome.FAILED)
MEANINGLESS = ("page-title-meaningless", Outcome.NEEDS_REVIEW)
FINE = ("page-title-missing", Outcome.PASSED)
PAGES = {
    "/no-title": ("<!doctype html><html lang=en><p>Text", "page-title-missing"),
    "/empty": (document("", title=""), "page-title-missing"),
    "/invisible": (document("", title="&#8203;&nbsp;&#65279;"), "page-title-missing"),
    "/untitled": (document("", title="Untitled document"), "page-title-meaningless"),
    "/fine": (document("", title="How samples are taken"), ""),
    "/by-script": (document("<script>document.title = 'Sample course'</script>", title=""), ""),
    "/in-drawing": (document("<svg role='img'><title>A drawing</title></svg>", title=""), "page-title-missing"),
}


@pytest.mark.parametrize("title", ["", " ", "\n\t ", "\u200b", "\u00ad\ufeff\u2060", "\u200e\u200f"])
def test_a_title_that_nobody_can_see_is_missing(title: str) -> None:
    assert outcome(title) == MISSING


@pytest.mark.parametrize(
    "title",
    [
        "Untitled",
        "untitled document",
        "Document",
        "Sans titre",
        "Ohne Titel",
        "Sin título",
        "Senza titolo",
        "React App",
        "Loading...",
        "index.html",
        "course-list.php",
        "handout_2.pdf",
        "---",
        "…",
        " Untitled\u200b ",
    ],
)
def test_a_title_that_says_nothing_is_a_question(title: str) -> None:
    assert outcome(title) == MEANINGLESS


@pytest.mark.parametrize(
    "title", ["Courses", "Untitled works of the 19th century", "Kurse", "課程", "C", "Version 2.0"]
)
def test_a_title_that_says_something_is_passed(title: str) -> None:
    assert outcome(title) == FINE
    assert PageTitleCheck().judge(probed(title), "page").findings == ()


TEXT = "Clementines are harvested from October on, and the trees are cut in March. " * 5


@pytest.mark.parametrize(
    ("title", "content", "expected"),
    [
        ("Harvest of clementines", TEXT, FINE),
        ("Harvesting clementine trees", TEXT, FINE),
        ("Sailing boats", TEXT, MEANINGLESS),
        ("Sailing boats", f"{TEXT} sailing", FINE),
        ("Sailing boats", TEXT[:60], FINE),  # hardly any text
        ("Boats", TEXT, FINE),  # one word may be the name of the site
        ("帆船の歴史 と 港", TEXT, FINE),
    ],
)
def test_a_title_without_a_word_of_the_page_is_a_question(
    title: str, content: str, expected: tuple[str, Outcome]
) -> None:
    assert outcome(title, content) == expected


def probed(title: str, content: str = "") -> dict[str, str]:
    return {"title": title, "content": content}


def outcome(title: str, content: str = "") -> tuple[str, Outcome]:
    [result] = PageTitleCheck().judge(probed(title, content), "page").rules
    return result.rule, result.outcome


def test_a_document_that_has_no_title_by_nature_is_not_judged() -> None:
    assert PageTitleCheck().judge(None, "page") == type(PageTitleCheck().judge(None, "page"))()


def test_a_very_long_title_is_quoted_in_part() -> None:
    [finding] = PageTitleCheck().judge(probed("x" * 5 + ".html"), "page").findings
    assert finding.criteria == ("2.4.2",)
    rows = [row("/a", "Sample " * 1000), row("/b", "Sample " * 1000)]
    assert all(len(finding.message) < 300 for _, finding in SameTitleCheck().judge(rows))


def row(path: str, title: str, **more: Any) -> Row:
    state = more.pop("state", RowState.AUDITED)
    final = more.pop("final", path)
    key = RowKey(path, more.pop("role", "anonymous"), more.pop("viewport", "desktop"))
    return Row(PlannedRow(key, 0, 0, "link"), state, facts=PageFacts(final_url=final, status=200, title=title), **more)


def asked(*rows: Row) -> list[str]:
    return [key.url for key, _ in SameTitleCheck().judge(rows)]


def test_two_pages_of_one_title_are_both_asked_about() -> None:
    assert asked(row("/a", "Welcome"), row("/b", " Welcome\u200b"), row("/c", "Courses")) == ["/a", "/b"]


def test_one_page_under_two_addresses_is_one_page() -> None:
    assert asked(row("/a", "Welcome"), row("/a?x", "Welcome", final="/a")) == []


def test_titles_are_compared_within_one_role_and_viewport() -> None:
    assert asked(row("/a", "Welcome"), row("/b", "Welcome", viewport="mobile")) == []
    assert asked(row("/a", "Welcome"), row("/b", "Welcome", role="student")) == []


def test_pages_that_were_not_audited_and_missing_titles_are_left_out() -> None:
    lost = row("/b", "Welcome", state=RowState.NOT_AUDITED, reason=Reason.SERVER_ERROR)
    assert asked(row("/a", "Welcome"), lost) == []
    assert asked(row("/a", ""), row("/b", "\u200b")) == []


@pytest.fixture(scope="module")
def site() -> Iterator[TinySite]:
    with tiny_site({path: page for path, (page, _) in PAGES.items()}) as site:
        yield site


@pytest.fixture(scope="module")
def audited(site: TinySite) -> Audited:
    return audit(site.base, list(PAGES), settings_for(site.base), checks=("page-title",))


@pytest.mark.parametrize("path", PAGES)
def test_a_real_page_gives_what_its_title_deserves(audited: Audited, path: str) -> None:
    assert [finding.rule for finding in audited.findings(path)] == ([PAGES[path][1]] if PAGES[path][1] else [])
