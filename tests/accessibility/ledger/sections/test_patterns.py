"""Address patterns: what they fit, which are refused, and that none can be slow."""

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accessibility.ledger.sections.patterns import Belonging, checked, checked_all, pattern
from core.errors import InvalidInput

HERE = "https://learn.example.org"


def on_platform(url: str) -> bool:
    return url.startswith((f"{HERE}/", "http://other.example.org:8080/"))


@pytest.mark.parametrize(
    ("text", "fits", "fits_not"),
    [
        ("/course/12/*", ["/course/12/", "/course/12/quiz?a=1", "/course/12"], ["/course/123", "/x/course/12/"]),
        ("/course/12", ["/course/12"], ["/course/12/", "/course/12?a=1", "/Course/12"]),
        ("/view.php?id=12*", ["/view.php?id=12", "/view.php?id=12&s=1"], ["/viewXphp?id=12", "/view.php"]),
        ("/*/forum/*/end", ["/a/forum/b/end", "/a/b/forum//end"], ["/forum/x/end", "/a/forum/end"]),
        ("/a*a", ["/aa", "/aba"], ["/a"]),
        ("/*", ["/", "/x?y#/z"], []),
    ],
)
def test_a_path_fits_as_a_whole_and_only_the_star_is_special(text: str, fits: list[str], fits_not: list[str]) -> None:
    assert [path for path in fits if not pattern(text).matches(HERE + path)] == []
    assert [path for path in fits_not if pattern(text).matches(HERE + path)] == []


def test_a_whole_address_fits_on_its_own_host_alone() -> None:
    text = checked("HTTPS://Learn.Example.org/course/*", on_platform)
    assert text == f"{HERE}/course/*"
    assert pattern(text).matches(f"{HERE}/course/1")
    assert not pattern(text).matches("https://other.example.org/course/1")


def test_what_no_address_holds_is_written_as_addresses_are_kept() -> None:
    assert checked(" /cours/été/** ", on_platform) == "/cours/%C3%A9t%C3%A9/*"


@pytest.mark.parametrize(
    "text",
    [
        "course/*",
        "*",
        "*/course",
        "//learn.example.org/x",
        "https://elsewhere.example.org/*",
        "https://*.example.org/x",
        "https://learn.example.org",
        "ftp://learn.example.org/",
        "https://learn.example.org:99999/x",
        "/a b",
        "/a\x00b",
        "/*a*a*a*a*a*",
        "/" + "x" * 500,
    ],
)
def test_a_pattern_that_can_fit_nothing_or_too_much_is_refused(text: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        checked(text, on_platform)
    assert refused.value.place == "patterns"


def test_at_least_one_pattern_is_needed_and_fifty_are_enough() -> None:
    assert checked_all(["/a", " ", "/a", "/b"], on_platform) == ["/a", "/b"]
    for wrong in ([], [" "], [f"/{n}" for n in range(51)]):
        with pytest.raises(InvalidInput):
            checked_all(wrong, on_platform)


@given(st.text("ab/*", min_size=1, max_size=12), st.text("ab/", max_size=12))
def test_it_means_what_the_same_regular_expression_means(text: str, path: str) -> None:
    text = "/" + re.sub(r"\*+", "*", text)
    expected = ".*".join(map(re.escape, text.split("*")))
    if text.endswith("/*"):
        expected = f"{expected}|{expected.removesuffix('/.*')}"
    assert pattern(text).matches(f"{HERE}/{path}") == bool(re.fullmatch(expected, f"/{path}"))


@given(st.lists(st.text("ab/*", max_size=6).map(lambda text: "/" + re.sub(r"\*+", "*", text)), max_size=5))
def test_looking_up_many_sections_finds_the_same_as_one_after_the_other(texts: list[str]) -> None:
    belonging = Belonging((number, [text]) for number, text in enumerate(texts))
    for path in ("/", "/a", "/a/", "/ab/a", "/b/a/b", "/aa"):
        one_by_one = {number for number, text in enumerate(texts) if pattern(text).matches(HERE + path)}
        assert belonging.sections_of(HERE + path) == one_by_one


def test_no_pattern_takes_long_whatever_the_address() -> None:
    worst = pattern(checked("/*" + "*".join(["a" * 90 + "b"] * 4) + "*", on_platform))
    started = time.perf_counter()
    for _ in range(200):
        assert not worst.matches(f"{HERE}/{'a' * 1900}")
    assert time.perf_counter() - started < 2
