import pytest

from accessibility.engine.crawl.variants import folded, learn_slashes, other_form

HOST = "http://example.org"


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/a?lang=en", "/a"),
        ("/a?id=1&lang=pt-BR&x=2", "/a?id=1&x=2"),
        ("/a?hl=it&locale=de_AT&setlang=fr", "/a"),
        ("/a?sort=name&dir=desc&order=asc", "/a"),
        ("/a?id=5&tsort=name&tdir=4&tifirst=B", "/a?id=5"),
        ("/a?perpage=100&page=2", "/a?page=2"),
        ("/a?lang=en#/route", "/a#/route"),
        ("/a?language=esperanto", "/a?language=esperanto"),
        ("/a?dir=reports", "/a?dir=reports"),
        ("/a?order=1234", "/a?order=1234"),
        ("/a?id=1", "/a?id=1"),
        ("/a", "/a"),
    ],
)
def test_language_and_order_are_folded(path: str, expected: str) -> None:
    assert folded(HOST + path) == HOST + expected


def test_a_redirect_teaches_that_a_host_ends_its_addresses_with_a_slash() -> None:
    rule = learn_slashes([(f"{HOST}/a", f"{HOST}/a/")])
    assert rule.apply(f"{HOST}/b?x=1") == f"{HOST}/b/?x=1"
    assert rule.apply(f"{HOST}/b/") == f"{HOST}/b/"
    assert rule.apply(f"{HOST}/page.html") == f"{HOST}/page.html"
    assert rule.apply("http://other.example/b") == "http://other.example/b"
    assert rule.made(f"{HOST}/b/")
    assert not rule.made(f"{HOST}/b")


def test_a_redirect_teaches_that_a_host_has_no_slash() -> None:
    rule = learn_slashes([(f"{HOST}/a/", f"{HOST}/a"), (f"{HOST}/c", f"{HOST}/c"), (f"{HOST}/", f"{HOST}/")])
    assert rule.apply(f"{HOST}/b/") == f"{HOST}/b"
    assert rule.apply(f"{HOST}/") == f"{HOST}/"


@pytest.mark.parametrize(
    "contradiction",
    [(f"{HOST}/b/", f"{HOST}/b"), (f"{HOST}/c", f"{HOST}/c")],
)
def test_a_contradiction_teaches_nothing(contradiction: tuple[str, str]) -> None:
    rule = learn_slashes([(f"{HOST}/a", f"{HOST}/a/"), contradiction])
    assert rule.apply(f"{HOST}/d") == f"{HOST}/d"


def test_other_redirects_teach_nothing() -> None:
    assert learn_slashes([(f"{HOST}/a", f"{HOST}/b/")]).apply(f"{HOST}/d") == f"{HOST}/d"


def test_the_root_has_one_form() -> None:
    assert other_form(f"{HOST}/") == f"{HOST}/"
    assert other_form(f"{HOST}/a?b=1") == f"{HOST}/a/?b=1"
