import pytest

from accessibility.engine.crawl.patterns import is_calendar, pattern


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/course/12/part/3", "/course/{n}/part/{n}"),
        ("/lesson-17.html", "/lesson-{n}.html"),
        ("/file/123e4567-e89b-12d3-a456-426614174000", "/file/{n}"),
        ("/commit/0a1b2c3d4e5f", "/commit/{n}"),
        ("/t/Ab3dEf6hIj9kLm2n", "/t/{n}"),
        ("/news/2026/11/21", "/news/{n}/{n}/{n}"),
        ("/news/2026/november", "/news/{n}/{n}"),
        ("/introduction-to-sampling", "/introduction-to-sampling"),
        ("/list?page=3&q=x&item12=1", "/list?item{n}&page&q"),
        ("/app#/lessons/4?view=1", "/app#/lessons/{n}?view"),
        ("/a/b/a/b/a/b/c", "/a/b/c"),
    ],
)
def test_addresses_of_one_kind_share_a_pattern(path: str, expected: str) -> None:
    assert pattern(f"http://example.org{path}") == f"http://example.org{expected}"


@pytest.mark.parametrize(
    "path",
    [
        "/calendar/view.php?view=month&time=1764547200", "/calendar?month=2026-11", "/events?from=2026-11-01",
        "/plan?week=2026-W45", "/cal?cal_d=1&cal_m=2&cal_y=2026", "/list?start=1764547200", "/archive/2026/11",
        "/archive/2026/11/30/", "/archive/2026-11", "/diary/20261130", "/calendar/november-2026", "/calendar/2026",
        "/news/2026/november", "/app#/calendar?month=2026-11", "/app#/day/2026-11-30", "/calendar?month=123456-11",
    ],
)  # fmt: skip
def test_an_address_with_a_date_is_a_calendar(path: str) -> None:
    assert is_calendar(f"http://example.org{path}")


@pytest.mark.parametrize(
    "path",
    [
        "/", "/course/12", "/list?start=20", "/list?page=3", "/news/2026/11/sample-title", "/view?day=monday",
        "/view?id=1764547200", "/calendar", "/calendar/view.php?view=upcoming", "/report-2026",
    ],
)  # fmt: skip
def test_other_addresses_are_no_calendar(path: str) -> None:
    assert not is_calendar(f"http://example.org{path}")
