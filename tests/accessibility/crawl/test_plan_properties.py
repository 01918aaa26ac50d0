"""What holds for every site: one plan, in whatever order rows end; no end without bounds; speed."""

import time

from hypothesis import given
from hypothesis import strategies as st

from accessibility.engine.crawl import plan
from accessibility.engine.crawl.worklist import MemoryWorkList
from accessibility.engine.page import PageFacts, PlannedRow, Reason, Row, RowKey, RowState
from tests.accessibility.crawl.simulation import BASE, Answer, crawl, pages, settings

PATHS = [
    "/", "/a", "/a/", "/b", "/b/", "/c?lang=en", "/c?sort=x", "/c", "/course/1", "/course/2", "/course/3",
    "/calendar?month=2026-11", "/calendar?month=2026-12", "/calendar?month=2027-01", "/app#/a", "/handbook.pdf",
    "/d?b=1&a=2", "/d?a=2&b=1", "/logout",
]  # fmt: skip
LINKS = st.lists(st.sampled_from(PATHS), max_size=6)
ANSWERS = st.one_of(
    st.builds(Answer, LINKS),
    st.builds(Answer, LINKS, content=st.sampled_from(["same", "other"])),
    st.builds(Answer, LINKS, canonical=st.sampled_from(PATHS), content=st.sampled_from(["", "same"])),
    st.builds(Answer, redirect=st.sampled_from(PATHS)),
    st.builds(Answer, reason=st.sampled_from([Reason.NOT_FOUND, Reason.SERVER_ERROR])),
    st.builds(Answer, LINKS, links_by_viewport=st.fixed_dictionaries({"mobile": LINKS})),
)
SITES = st.dictionaries(st.sampled_from(PATHS), ANSWERS, max_size=len(PATHS))
BUDGETS = st.fixed_dictionaries(
    {"max_pages": st.integers(1, 12), "pattern_budget": st.integers(1, 3), "max_depth": st.integers(0, 6)}
)


def planned(worklist: MemoryWorkList) -> list[PlannedRow]:
    return [row.planned for row in worklist.rows()]


@given(SITES, BUDGETS, st.integers(0, 1000))
def test_the_order_in_which_rows_end_does_not_change_the_plan(
    site: dict[str, Answer], budgets: dict[str, int], seed: int
) -> None:
    options = settings(**budgets)
    straight = crawl(pages(site), options, roles=("x", "y"), viewports=("desktop", "mobile"))
    shuffled = crawl(pages(site), options, roles=("x", "y"), viewports=("desktop", "mobile"), seed=seed)
    assert planned(straight) == planned(shuffled)
    assert list(straight.rows()) == list(shuffled.rows())
    assert straight.declined() == shuffled.declined()


@given(SITES, BUDGETS)
def test_rows_are_unique_and_numbered_and_budgets_hold(site: dict[str, Answer], budgets: dict[str, int]) -> None:
    worklist = crawl(pages(site), settings(**budgets))
    rows = planned(worklist)
    assert [row.position for row in rows] == list(range(len(rows)))
    assert len({row.key for row in rows}) == len(rows)
    counted = [row for row in rows if row.source != "redirect" and row.reason is None]
    assert len(counted) <= budgets["max_pages"]
    assert len([row for row in rows if "/course/" in row.key.url]) <= budgets["pattern_budget"]
    assert {one.url for one in worklist.declined() if one.reason is Reason.PATTERN_BUDGET}.isdisjoint(
        row.key.url for row in rows
    )


@given(SITES)
def test_planning_a_wave_again_gives_the_same_wave(site: dict[str, Answer]) -> None:
    """As after a kill between planning and the first page; a wave's own rows and later ones are left out."""

    def again(worklist: MemoryWorkList, number: int, wave: plan.Wave) -> None:
        if number > 0:
            assert wave == plan.next_wave(settings(), ("anonymous",), ("desktop",), worklist.rows(), number)

    crawl(pages(site), on_planned=again)


@given(SITES)
def test_duplicates_once_taken_out_are_not_found_again(site: dict[str, Answer]) -> None:
    assert plan.duplicates(crawl(pages(site)).rows()) == []


def test_many_links_are_planned_in_a_moment() -> None:
    def row(number: int) -> Row:
        links = tuple(f"{BASE}/unit-{'abcdefghij'[number % 10]}/{number}/part?id={n}&lang=en" for n in range(100))
        facts = PageFacts(final_url=f"{BASE}/{number}", status=200, links=links)
        return Row(
            PlannedRow(RowKey(facts.final_url, "x", "desktop"), 0, number, "start"), RowState.AUDITED, facts=facts
        )

    options = settings(max_pages=100_000, pattern_budget=100_000)
    started = time.process_time()
    wave = plan.next_wave(options, ("x",), ("desktop",), (row(number) for number in range(200)), 1)
    assert len(wave.rows) == 20_000
    assert time.process_time() - started < 10  # about 0.6 on an ordinary machine
