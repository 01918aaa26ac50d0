"""What pages of a platform have in common: order of navigation, names of functions, ways to pages, and past blocks."""

from collections.abc import Iterable, Sequence

import pytest

from accessibility.engine.checks.across.navigation_order import NavigationOrderCheck
from accessibility.engine.checks.across.repeated_blocks import RepeatedBlocksCheck
from accessibility.engine.checks.across.same_function import SameFunctionCheck
from accessibility.engine.checks.across.ways_to_pages import WaysToPagesCheck
from accessibility.engine.checks.check import PlatformCheck
from accessibility.engine.finding import Outcome
from accessibility.engine.page import PageFacts, PageParts, PlannedRow, Row, RowKey, RowState
from accessibility.ledger.audits.stored import facts_from_json, facts_to_json
from tests.accessibility.auditing import audit, settings_for
from tests.accessibility.checks.fixtures import FAILED, REVIEW
from tests.accessibility.site import document, tiny_site

BASE = "https://example.org"
ITEMS = ("Home", "Courses", "Rooms", "Prices", "Contact")

Link = tuple[str, str]


def row(path: str, parts: PageParts | None, *, links: Sequence[str] = (), role: str = "guest", **more: str) -> Row:
    key = RowKey(BASE + path, role, more.pop("viewport", "desktop"))
    facts = PageFacts(
        key.url, 200, lang=more.get("lang", "en"), template=more.get("template", "t"), links=tuple(links), parts=parts
    )
    return Row(PlannedRow(key, 0, 0, "link"), RowState.AUDITED, facts=facts)


def found(check: PlatformCheck, rows: Iterable[Row]) -> list[tuple[str, Outcome]]:
    return [(key.url.removeprefix(BASE), finding.outcome) for key, finding in check.judge(iter(list(rows)))]


def nav(*names: str, label: str = "Main") -> PageParts:
    return PageParts(navigations=((label, tuple((name, f"/{name.lower()}") for name in names)),))


def order_of(*navigations: PageParts, **more: str) -> list[tuple[str, Outcome]]:
    return found(NavigationOrderCheck(), [row(f"/{place}", parts, **more) for place, parts in enumerate(navigations)])


SWAPPED = ("Courses", "Home", "Rooms", "Prices", "Contact")


@pytest.mark.parametrize(
    ("pages", "expected"),
    [
        ((nav(*ITEMS), nav(*ITEMS), nav(*ITEMS)), []),
        ((nav(*ITEMS), nav(*ITEMS), nav(*SWAPPED), nav(*SWAPPED)), [("/2", FAILED)]),
        ((nav(*ITEMS), nav(*SWAPPED)), []),  # which of the two is the order of the platform?
        ((nav(*ITEMS), nav(*ITEMS), nav("Home", "Rooms", "News", "Contact")), []),
        ((nav(*ITEMS), nav(*ITEMS), nav(*SWAPPED[:4])), [("/2", REVIEW)]),
        ((nav(*ITEMS, label=""), nav(*ITEMS, label=""), nav(*SWAPPED, label="")), [("/2", REVIEW)]),
        ((nav(*ITEMS), nav(*ITEMS), nav(*SWAPPED, label="Footer")), []),
        ((nav(*ITEMS), nav(*ITEMS), nav("Contact", "Home", "News", "Shop", "Team", "Jobs")), []),
        ((nav(*ITEMS), nav(*ITEMS), nav(*SWAPPED), nav(*reversed(ITEMS))), [("/2", REVIEW)]),
    ],
    ids=[
        "one order",
        "two items swapped",
        "each order once",
        "items added and left out",
        "swapped among other items",
        "swapped without a name",
        "another navigation",
        "too few in common",
        "many orders",
    ],
)
def test_navigation_keeps_its_order(pages: tuple[PageParts, ...], expected: list[tuple[str, Outcome]]) -> None:
    assert order_of(*pages) == expected


def test_the_item_of_the_current_page_may_move() -> None:
    pages = [row("/home", nav(*ITEMS)), row("/x", nav(*ITEMS)), row("/courses", nav(*SWAPPED))]
    assert found(NavigationOrderCheck(), pages) == []


@pytest.mark.parametrize("differs", [{"role": "staff"}, {"viewport": "phone"}, {"lang": "fr"}])
def test_orders_are_compared_within_role_viewport_and_language(differs: dict[str, str]) -> None:
    pages = [row("/1", nav(*ITEMS)), row("/2", nav(*ITEMS)), row("/3", nav(*SWAPPED), **differs)]  # type: ignore[arg-type]
    assert found(NavigationOrderCheck(), pages) == []


def test_exception_to_be_judged_an_order_that_people_chose() -> None:
    pages = [row("/1", nav(*ITEMS)), row("/2", nav(*ITEMS)), row("/3?sort=name", nav(*SWAPPED))]
    assert found(NavigationOrderCheck(), pages) == [("/3?sort=name", REVIEW)]


def test_the_order_on_another_template_is_a_question() -> None:
    pages = [row("/1", nav(*ITEMS)), row("/2", nav(*ITEMS)), row("/3", nav(*SWAPPED), template="other")]
    assert found(NavigationOrderCheck(), pages) == [("/3", REVIEW)]


def test_the_finding_tells_which_items_changed_places() -> None:
    pages = [row("/1", nav(*ITEMS)), row("/2", nav(*ITEMS)), row("/3", nav(*SWAPPED))]
    ((_, finding),) = NavigationOrderCheck().judge(pages)
    assert "“Home” stands before “Courses” on https://example.org/1" in finding.message
    assert len(finding.steps) == 2


def control(name: str, target: str = "/help", icon: str = "") -> PageParts:
    return PageParts(controls=(("link", name, target, icon),))


@pytest.mark.parametrize(
    ("third", "expected"),
    [
        (control("Help"), []),
        (control("HELP 3"), []),
        (control("Help and contact"), []),
        (control("Support"), [("/3", REVIEW)]),
        (control("Support", "/support"), []),
        (control("Help", icon="b"), [("/3", REVIEW)]),
        (control("Help", icon=""), []),
        (control(""), []),
    ],
)
def test_functions_have_one_name_and_icon(third: PageParts, expected: list[tuple[str, Outcome]]) -> None:
    pages = [row("/1", control("Help", icon="a")), row("/2", control("Help", icon="a")), row("/3", third)]
    assert found(SameFunctionCheck(), pages) == expected


def test_names_in_another_language_are_no_question() -> None:
    pages = [row("/1", control("Help")), row("/2", control("Help")), row("/fr", control("Aide"), lang="fr")]
    assert found(SameFunctionCheck(), pages) == []


def test_questions_about_functions_are_bounded() -> None:
    def parts(name: str) -> PageParts:
        return PageParts(controls=tuple(("link", f"{name}{'x' * n}", f"/{n}", "") for n in range(60)))

    pages = [row("/1", parts("a")), row("/2", parts("a")), row("/3", parts("b"))]
    assert len(found(SameFunctionCheck(), pages)) == 20


def chain(ways: tuple[str, ...] = ()) -> list[Row]:
    """Five pages, each linked from the one before only, and leading back to the first."""
    return [row(f"/{n}", PageParts(ways=ways), links=(f"{BASE}/0", f"{BASE}/{n + 1}#part")) for n in range(5)]


def test_pages_that_one_page_leads_to_are_one_question() -> None:
    assert found(WaysToPagesCheck(), chain()) == [("/1", REVIEW)]


def test_steps_of_a_process_are_excepted_by_the_person_who_answers() -> None:
    ((_, finding),) = WaysToPagesCheck().judge(chain())
    assert "are they steps of a process?" in finding.message


@pytest.mark.parametrize("way", ["search", "site map"])
def test_a_search_or_site_map_is_another_way(way: str) -> None:
    assert found(WaysToPagesCheck(), chain((way,))) == []


def test_pages_linked_from_everywhere_have_many_ways() -> None:
    links = [f"{BASE}/{n}" for n in range(6)]
    assert found(WaysToPagesCheck(), [row(f"/{n}", PageParts(), links=links) for n in range(6)]) == []


def test_a_handful_of_pages_is_no_question() -> None:
    assert found(WaysToPagesCheck(), chain()[:3]) == []


def test_what_else_leads_to_chosen_pages_is_unknown() -> None:
    words = ("begin", "walk", "climb", "rest", "see", "return")
    pages = {
        f"/{n}": document(f"<h1>How to {word}</h1><a href=/>Home</a> <a href=/{n + 1}>Next</a>", f"To {word}")
        for n, word in enumerate(words)
    }
    pages |= {"/": pages["/0"], "/6": document("<h1>All is done</h1>", "The end")}
    with tiny_site(pages) as site:
        chosen = audit(site.base, list(pages), checks=("ways-to-pages",))
        crawled = audit(site.base, (), checks=("ways-to-pages",))
    assert [one.rule for path in pages for one in chosen.findings(path)] == []
    assert [one.rule for path in pages for one in crawled.findings(path)] == ["one-way-to-a-page"]


def begins(stops: int, *ways: str, block: str = "b") -> PageParts:
    return PageParts(blocks=(("logo", 1), (block, stops), ("text", 0)), ways=ways)


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        (begins(9), [("/0", FAILED)]),
        (begins(4), [("/0", REVIEW)]),
        (begins(2), []),
        (begins(9, "skip link"), []),
        (begins(9, "heading"), []),
        (begins(9, "landmark"), []),
        (begins(9, "named frame"), []),
        (begins(9, "collapsible"), []),
        (begins(9, "search"), [("/0", FAILED)]),
    ],
)
def test_there_is_a_way_past_repeated_blocks(parts: PageParts, expected: list[tuple[str, Outcome]]) -> None:
    assert found(RepeatedBlocksCheck(), [row(f"/{n}", parts) for n in range(3)]) == expected


def test_a_block_on_two_pages_alone_is_not_repeated_on_many() -> None:
    pages = [row("/0", begins(9)), row("/1", begins(9)), row("/2", begins(9, block="other"))]
    assert found(RepeatedBlocksCheck(), pages) == []


@pytest.mark.parametrize(
    "check", [NavigationOrderCheck(), SameFunctionCheck(), WaysToPagesCheck(), RepeatedBlocksCheck()]
)
def test_rows_of_earlier_days_without_these_facts_are_passed_over(check: PlatformCheck) -> None:
    assert found(check, [row(f"/{n}", None) for n in range(5)]) == []


def test_shared_parts_are_read_from_the_page_and_come_back_from_the_database() -> None:
    page = document(
        "<header><a href=/terms>Terms</a></header><details><summary>More</summary>Text</details>"
        "<form action=/find><input name=q aria-label=Words>"
        "<button>Find</button></form><form action=/enrol><input type=hidden name=course value=7>"
        "<input type=hidden name=sesskey value=1a2b><button>Enrol</button></form>"
    ).replace(
        "<body>",
        '<body><nav aria-label="Main"><a href=/>Home</a> <a href="/help?a=1"><img src="data:," alt=Help></a></nav>',
    )
    with tiny_site({"/": page}) as site:
        done = audit(site.base, ["/"], settings_for(site.base), checks=())
        facts = done.row("/").facts
        assert facts is not None
        assert facts.parts is not None
        assert facts.parts.navigations == (("Main", (("Home", "/"), ("Help", "/help?a=1"))),)
        assert [one[:3] for one in facts.parts.controls] == [
            ("link", "Home", "/"),
            ("link", "Help", "/help?a=1"),
            ("button", "Find", "/find"),
            ("button", "Enrol", "/enrol course=7"),
        ]
        assert [stops for _, stops in facts.parts.blocks] == [2, 4]
        assert facts.parts.ways == ("heading", "landmark", "collapsible", "search")
        stored = facts_to_json(facts)
        assert facts_from_json(stored) == facts
        assert stored is not None
        del stored["parts"]
        old = facts_from_json(stored)
        assert old is not None
        assert old.parts is None
