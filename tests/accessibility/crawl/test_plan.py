from collections.abc import Sequence

import pytest

from accessibility.engine.crawl import plan
from accessibility.engine.crawl.robots import Robots
from accessibility.engine.page import ANONYMOUS, Declined, PageFacts, Reason, Row, RowKey, RowState
from core.errors import InvalidInput
from tests.accessibility.crawl.simulation import (
    BASE,
    Answer,
    Site,
    crawl,
    declined,
    pages,
    paths,
    reasons,
    settings,
)


def test_links_are_followed_wave_by_wave_in_the_order_of_the_pages() -> None:
    site = pages({"/": ["/b", "/a"], "/a": ["/d"], "/b": ["/c", "/"], "/c": [], "/d": []})
    assert paths(crawl(site)) == ["/", "/b", "/a", "/c", "/d"]


def test_each_address_has_a_row_in_every_viewport_and_positions_never_repeat() -> None:
    worklist = crawl(pages({"/": ["/a"], "/a": ["/b"], "/b": []}), viewports=("desktop", "mobile"), roles=("x", "y"))
    rows = [row.planned for row in worklist.rows()]
    assert [row.position for row in rows] == list(range(12))
    assert [(row.key.role, row.key.viewport, row.depth) for row in rows[:6]] == [
        ("x", "desktop", 0),
        ("x", "mobile", 0),
        ("y", "desktop", 0),
        ("y", "mobile", 0),
        ("x", "desktop", 1),
        ("x", "mobile", 1),
    ]


def test_links_of_all_viewports_count() -> None:
    home = Answer(["/a"], links_by_viewport={"mobile": ["/menu"]})
    worklist = crawl(pages({"/": home, "/a": [], "/menu": []}), viewports=("desktop", "mobile"))
    assert paths(worklist) == ["/", "/a", "/menu"]
    assert {row.key.viewport for row in worklist.rows() if row.key.url.endswith("/menu")} == {"desktop", "mobile"}


def test_what_one_role_finds_is_planned_for_that_role_only() -> None:
    def site(key: RowKey) -> Answer:
        return Answer(["/a", "/my/"] if key.role == "student" else ["/a"])

    worklist = crawl(site, roles=(ANONYMOUS, "student"))
    assert paths(worklist) == ["/", "/a"]
    assert paths(worklist, role="student") == ["/", "/a", "/my/"]


def test_sitemap_addresses_are_in_the_first_wave_of_every_role() -> None:
    worklist = crawl(
        pages({"/": ["/a"], "/a": [], "/only": []}), sitemap=[f"{BASE}/only", f"{BASE}/"], roles=("x", "y")
    )
    assert paths(worklist, role="y") == ["/", "/only", "/a"]
    assert [row.planned.source for row in worklist.rows() if row.key.role == "x"] == ["start", "sitemap", "link"]


def test_addresses_are_normalised_before_they_are_compared() -> None:
    links = ["/a?b=2&a=1", "/a?a=1&b=2&utm_source=x#part", "HTTPS://SITE.example:443/a?a=1&b=2", "/x/../a?a=1&b=2"]
    assert paths(crawl(pages({"/": links, "/a?a=1&b=2": []}))) == ["/", "/a?a=1&b=2"]


def test_hash_routes_are_pages() -> None:
    site = pages({"/": ["/app#/", "/app#/lessons", "/app#top"], "/app": [], "/app#/lessons": []})
    assert paths(crawl(site)) == ["/", "/app", "/app#/lessons"]


def test_language_and_order_variants_are_folded_and_counted() -> None:
    worklist = crawl(pages({"/": ["/?lang=en", "/?lang=fr", "/list?page=2&sort=name"], "/list?page=2": []}))
    assert paths(worklist) == ["/", "/list?page=2"]
    assert declined(worklist) == dict.fromkeys(["/?lang=en", "/?lang=fr", "/list?page=2&sort=name"], Reason.FOLDED)


def test_a_variant_typed_as_start_page_is_kept() -> None:
    worklist = crawl(pages({"/?lang=en": ["/?lang=en", "/?lang=fr"], "/": []}), settings(start=("/?lang=en",)))
    assert paths(worklist) == ["/?lang=en", "/"]
    assert declined(worklist) == {"/?lang=fr": Reason.FOLDED}


def test_a_variant_that_alone_is_in_scope_is_kept() -> None:
    options = settings(include=(r"lang=it|/$",))
    assert paths(crawl(pages({"/": ["/a?lang=it", "/a?lang=en"], "/a?lang=it": []}), options)) == ["/", "/a?lang=it"]


def test_documents_are_recorded_and_not_visited() -> None:
    home = Answer(["/handbook.pdf"], documents=["/worksheet", "https://other.example/a.pdf"])
    worklist = crawl(pages({"/": home}))
    assert paths(worklist) == ["/"]
    assert declined(worklist) == {"/handbook.pdf": Reason.DOCUMENT, "/worksheet": Reason.DOCUMENT}


def test_what_is_never_followed_is_not_planned() -> None:
    links = ["/logout", "/a?sesskey=1", "mailto:a@site.example", "https://other.example/", "/b"]
    worklist = crawl(pages({"/": links, "/b": []}))
    assert paths(worklist) == ["/", "/b"]
    assert declined(worklist) == {}


def test_an_endless_calendar_is_bounded() -> None:
    def site(key: RowKey) -> Answer:
        month = int(key.url.rpartition("-")[2]) if "-" in key.url else 0
        return Answer([f"/calendar?month=2026-{month + 1}", f"/calendar?month=2026-{month + 2}", "/about"])

    worklist = crawl(site, settings(calendar_budget=5, max_depth=100))
    assert len(paths(worklist)) == 2 + 5
    assert set(declined(worklist).values()) == {Reason.PATTERN_BUDGET}


@pytest.mark.parametrize("trap", ["{}{}", "/a/b/c{}/a/b/c{}", "/page-{}?x={}", "/t/{:016x}/{}", "/app#/item/{}/{}"])
def test_an_endless_site_is_bounded_by_its_pattern(trap: str) -> None:
    numbers = iter(range(1, 1_000_000))
    next_trap = "/x" + trap if trap.startswith("{") else trap

    def site(key: RowKey) -> Answer:
        return Answer([next_trap.format(next(numbers), next(numbers)) for _ in range(3)])

    worklist = crawl(site, settings(pattern_budget=20, calendar_budget=5, max_depth=100))
    assert len(paths(worklist)) <= 1 + 20


def test_a_site_of_ever_new_words_is_bounded_by_the_page_budget() -> None:
    def site(key: RowKey) -> Answer:
        word = key.url.rpartition("/")[2]
        return Answer([f"/{word}{letter}" for letter in "abcdefghij"])

    worklist = crawl(site, settings(max_pages=10))
    assert len(paths(worklist, state=RowState.AUDITED)) == 10
    refused = paths(worklist, state=RowState.NOT_AUDITED)
    assert 0 < len(refused) <= 50
    assert set(reasons(worklist).values()) == {None, Reason.PAGE_BUDGET}
    assert set(declined(worklist).values()) == {Reason.PAGE_BUDGET}


def test_the_page_budget_is_per_role() -> None:
    site = pages({"/": ["/a", "/b"], "/a": [], "/b": []})
    worklist = crawl(site, settings(max_pages=2), roles=("x", "y"))
    assert paths(worklist, role="y", state=RowState.AUDITED) == ["/", "/a"]
    assert reasons(worklist)["/b"] is Reason.PAGE_BUDGET


def test_a_redirect_does_not_use_the_page_budget_up() -> None:
    worklist = crawl(pages({"/": Answer(redirect="/home"), "/home": ["/a"]}), settings(max_pages=1))
    assert reasons(worklist) == {"/": Reason.REDIRECTED, "/home": None, "/a": Reason.PAGE_BUDGET}


def test_redirects_to_ever_new_addresses_end() -> None:
    def site(key: RowKey) -> Answer:
        return Answer(redirect=f"/{key.url.rpartition('/')[2]}a")

    assert len(paths(crawl(site, settings(max_pages=5, max_depth=100)))) <= 1 + 5 + 25
    assert len(paths(crawl(site, settings(max_depth=3)))) == 5


def test_the_target_of_a_redirect_is_planned_with_the_slash_that_the_server_wants() -> None:
    worklist = crawl(pages({"/": ["/a"], "/a": Answer(redirect="/b/?lang=en"), "/b/": ["/c"], "/c": []}))
    assert paths(worklist) == ["/", "/a", "/b/", "/c"]
    assert next(row.planned for row in worklist.rows() if row.key.url.endswith("/b/")).source == "redirect"


def test_a_redirect_out_of_scope_plans_nothing() -> None:
    assert paths(crawl(pages({"/": ["/a"], "/a": Answer(redirect="https://other.example/")}))) == ["/", "/a"]


def test_a_canonical_address_is_planned() -> None:
    site = pages(
        {"/": ["/a?view=print"], "/a?view=print": Answer(canonical="/a", content="same"), "/a": Answer(content="same")}
    )
    worklist = crawl(site)
    assert paths(worklist) == ["/", "/a?view=print", "/a"]
    assert reasons(worklist)["/a?view=print"] is Reason.DUPLICATE


def test_depth_counts_clicks() -> None:
    site = pages({"/": ["/1"], "/1": ["/2"], "/2": ["/3", "/1"], "/3": []})
    worklist = crawl(site, settings(max_depth=2))
    assert paths(worklist) == ["/", "/1", "/2"]
    assert declined(worklist) == {"/3": Reason.TOO_DEEP}


def test_a_redirect_is_no_click() -> None:
    site = pages({"/": Answer(redirect="/home"), "/home": ["/1"], "/1": ["/2"]})
    worklist = crawl(site, settings(max_depth=1))
    assert paths(worklist) == ["/", "/home", "/1"]


def test_depth_zero_is_the_start_pages_alone() -> None:
    worklist = crawl(pages({"/": ["/a"], "/b": ["/c"]}), settings(max_depth=0, start=("/", "/b")))
    assert paths(worklist) == ["/", "/b"]


def test_robots_refuse_a_row_which_stays_in_the_plan() -> None:
    robots = {"site.example": Robots("User-agent: *\nDisallow: /private/")}
    site = pages({"/": ["/private/notes", "/a"], "/a": [], "/private/notes": []})
    worklist = crawl(site, robots=robots)
    assert reasons(worklist) == {"/": None, "/private/notes": Reason.ROBOTS, "/a": None}
    assert reasons(crawl(site, settings(robots=False), robots=robots))["/private/notes"] is None


def test_robots_rows_are_bounded() -> None:
    robots = {"site.example": Robots("User-agent: *\nDisallow: /private/")}
    links = [f"/private/{letter * 3}" for letter in "abcdefghij"]
    worklist = crawl(pages({"/": links}), settings(max_pages=1), robots=robots)
    assert len(paths(worklist, state=RowState.NOT_AUDITED)) == 5
    assert list(declined(worklist).values()) == [Reason.ROBOTS] * 5


def test_start_pages_are_planned_whatever_their_pattern() -> None:
    start = tuple(f"/course/{number}" for number in range(5))
    assert paths(crawl(lambda _: Answer(["/course/9"]), settings(start=start, pattern_budget=2))) == list(start)


def test_links_of_pages_that_failed_are_not_followed() -> None:
    site = pages({"/": ["/a", "/b"], "/a": Answer(["/c"], reason=Reason.SERVER_ERROR), "/b": []})
    assert paths(crawl(site)) == ["/", "/a", "/b"]


# trailing slashes


def test_a_trailing_slash_is_learned_from_the_site() -> None:
    site = pages({"/": ["/a"], "/a": Answer(redirect="/a/"), "/a/": ["/b", "/c/"], "/b/": ["/b"], "/c/": ["/c"]})
    assert paths(crawl(site)) == ["/", "/a", "/a/", "/b/", "/c/"]


def test_a_slash_that_was_wrongly_learned_costs_no_page() -> None:
    site = pages({"/": ["/a"], "/a": Answer(redirect="/a/"), "/a/": ["/b", "/c"], "/b": ["/d"], "/c": [], "/d": []})
    worklist = crawl(site)
    assert paths(worklist, state=RowState.AUDITED) == ["/", "/a/", "/b", "/c", "/d"]
    assert reasons(worklist)["/b/"] is Reason.NOT_FOUND


# the same content under many addresses


def same(*addresses: str, **more: Answer | Sequence[str]) -> Site:
    return pages({"/": list(addresses)} | {url: Answer(content="same") for url in addresses} | more)


def test_the_same_content_is_audited_once() -> None:
    worklist = crawl(same("/a", "/b", "/c"))
    assert paths(worklist, state=RowState.AUDITED) == ["/", "/a"]
    assert reasons(worklist)["/b"] is Reason.DUPLICATE
    assert {row.detail for row in worklist.rows() if row.reason is Reason.DUPLICATE} == {f"{BASE}/a"}


def test_links_of_duplicates_are_not_followed() -> None:
    site = pages({"/": ["/a", "/b"], "/a": Answer(content="same"), "/b": Answer(["/c"], content="same"), "/c": []})
    assert "/c" not in paths(crawl(site))


def test_the_declared_canonical_address_is_the_original() -> None:
    a, b = Answer(content="same", canonical="/b"), Answer(content="same", canonical="/b")
    worklist = crawl(pages({"/": ["/a", "/b"], "/a": a, "/b": b}))
    assert reasons(worklist) == {"/": None, "/a": Reason.DUPLICATE, "/b": None}


def test_a_page_that_declares_no_canonical_address_does_not_declare_its_own() -> None:
    first, second = Answer(["/b"], content="same", canonical="/elsewhere"), Answer(content="same")
    worklist = crawl(pages({"/": ["/a"], "/a": first, "/b": second, "/elsewhere": []}))
    assert reasons(worklist)["/a"] is None
    assert reasons(worklist)["/b"] is Reason.DUPLICATE


def test_start_pages_are_never_duplicates() -> None:
    site = pages({path: Answer(["/c"], content="same") for path in ("/a", "/b", "/c")})
    worklist = crawl(site, settings(start=("/a", "/b")))
    assert reasons(worklist) == {"/a": None, "/b": None, "/c": Reason.DUPLICATE}


def test_roles_and_viewports_have_no_duplicates_of_each_other() -> None:
    worklist = crawl(pages({"/": Answer(content="same")}), roles=("x", "y"), viewports=("desktop", "mobile"))
    assert {row.state for row in worklist.rows()} == {RowState.AUDITED}


# exact runs


def test_given_addresses_are_planned_exactly_as_typed() -> None:
    given = [f"{BASE}/b?lang=en#x ", f"{BASE}/a", f"{BASE}/b?lang=en#x", f"{BASE}:443/logout"]
    wave = plan.given_wave(given, ("x",), ("desktop", "mobile"))
    assert [row.key.url for row in wave.rows][::2] == [f"{BASE}/b?lang=en#x", f"{BASE}/a", f"{BASE}:443/logout"]
    assert [row.position for row in wave.rows] == list(range(6))
    assert {row.source for row in wave.rows} == {"given"}


def test_links_of_given_addresses_are_not_followed() -> None:
    planned = plan.given_wave([f"{BASE}/a"], ("x",), ("desktop",)).rows[0]
    facts = PageFacts(final_url=f"{BASE}/a", status=200, links=(f"{BASE}/b",), canonical=f"{BASE}/c")
    row = Row(planned, RowState.AUDITED, facts=facts)
    assert plan.next_wave(settings(), ("x",), ("desktop",), [row], 1) == plan.Wave()


@pytest.mark.parametrize("address", ["file:///etc/passwd", "example", "", "https://"])
def test_a_given_address_that_is_none_is_named(address: str) -> None:
    with pytest.raises(InvalidInput, match="not an http or https address"):
        plan.given_wave([f"{BASE}/", address], ("x",), ("desktop",))


def test_a_start_page_that_is_none_is_named() -> None:
    with pytest.raises(InvalidInput, match=r"ftp://a\.example/: "):
        plan.first_wave(settings(start=("ftp://a.example/",)), ("x",), ("desktop",))


def test_declined_addresses_name_their_role() -> None:
    assert crawl(pages({"/": ["/?lang=en"]})).declined() == [Declined(ANONYMOUS, f"{BASE}/?lang=en", Reason.FOLDED)]
