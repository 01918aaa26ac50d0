import pytest
from hypothesis import given
from hypothesis import strategies as st

from accessibility.engine.crawl.addresses import MAX_LENGTH, host_of, normalise, split, unsplit

ALPHABET = "aZ09-._~%25FEfe/\\?#&=;:@!$'()*+,[]{}|^`\"<> \t\nü汉\x00\ud800."
HOSTS = [
    "example.org",
    "EXAMPLE.org.",
    "user:pw@example.org",
    "bücher.example",
    "[::1]",
    "127.0.0.1",
    "a.b:8080",
    "x:80",
]


@pytest.mark.parametrize(
    ("given_url", "normal"),
    [
        ("HTTP://Example.ORG", "http://example.org/"),
        ("http://example.org:80/a", "http://example.org/a"),
        ("https://example.org:443/a", "https://example.org/a"),
        ("https://example.org:8443/a", "https://example.org:8443/a"),
        ("http://example.org./a", "http://example.org/a"),
        ("http://bücher.example/", "http://xn--bcher-kva.example/"),
        ("http://[0:0::1]:8080/", "http://[::1]:8080/"),
        ("http://example.org/a/./b/../c", "http://example.org/a/c"),
        ("http://example.org/a/%2e%2e/b/..", "http://example.org/"),
        ("http://example.org/%7euser/%c3%bc", "http://example.org/~user/%C3%BC"),
        ("http://example.org/ü x", "http://example.org/%C3%BC%20x"),
        ("http://example.org/50%", "http://example.org/50%25"),
        ("http://example.org/?b=2&a=2&a=1", "http://example.org/?a=1&a=2&b=2"),
        ("http://example.org/?", "http://example.org/"),
        ("http://example.org/?a&&b=", "http://example.org/?a&b="),
        ("http://example.org/?utm_source=x&id=1&fbclid=y&gclid=z&_ga=1&mc_cid=2&msclkid=3", "http://example.org/?id=1"),
        ("http://example.org/?PHPSESSID=ab&jsessionid=cd&MoodleSessionX=e&id=1", "http://example.org/?id=1"),
        ("http://example.org/?sid=0a1b2c3d4e5f", "http://example.org/"),
        ("http://example.org/?sid=12", "http://example.org/?sid=12"),
        ("http://example.org/a;jsessionid=AB12/b", "http://example.org/a/b"),
        ("http://example.org/(S(abc123))/a.aspx", "http://example.org/a.aspx"),
        ("http://example.org/a#part", "http://example.org/a"),
        ("http://example.org/a#/lesson/1?utm_id=3&b=1", "http://example.org/a#/lesson/1?b=1"),
        ("http://example.org/a#!lesson", "http://example.org/a#!lesson"),
        ("http://example.org/a#/", "http://example.org/a"),
        ("http://user:secret@example.org/", "http://example.org/"),
        (" http://exa\nmple.org/\ta ", "http://example.org/a"),
        ("http:\\\\example.org\\@evil.example", "http://example.org/@evil.example"),
        ("http://example.org/a?b=c\\d", "http://example.org/a?b=c%5Cd"),
    ],
)
def test_one_page_has_one_address(given_url: str, normal: str) -> None:
    assert normalise(given_url) == normal


@pytest.mark.parametrize(
    "url",
    [
        "mailto:a@example.org", "tel:+39", "javascript:void(0)", "data:text/html,x", "file:///etc/passwd", "ftp://a/",
        "", "/relative", "http://", "http:///a", "http://exa mple.org/", "http://example.org:99999/", "http://[::g]/",
        "http://127.1/", "http://0x7f000001/", "http://2130706433/", "http://a..b/", "http://%31/", "//example.org/a",
    ],
)  # fmt: skip
def test_what_is_no_web_address_is_refused(url: str) -> None:
    assert normalise(url) is None


def test_an_over_long_address_is_refused() -> None:
    stem = "http://example.org/"
    assert normalise(stem + "a" * (MAX_LENGTH - len(stem))) is not None
    assert normalise(stem + "a" * (MAX_LENGTH - len(stem) + 1)) is None
    assert normalise(stem + "../" * 1_000_000) is None


@pytest.mark.parametrize(
    ("link", "normal"),
    [
        ("c?x=1", "http://example.org/a/c?x=1"),
        ("../c", "http://example.org/c"),
        ("/c", "http://example.org/c"),
        ("//other.example/c", "http://other.example/c"),
        ("\\\\other.example/c", "http://other.example/c"),
        ("?x=1", "http://example.org/a/b?x=1"),
        ("#/route", "http://example.org/a/b#/route"),
        ("https://other.example", "https://other.example/"),
        ("mailto:a@example.org", None),
    ],
)
def test_a_relative_address_is_resolved(link: str, normal: str | None) -> None:
    assert normalise(link, "http://example.org/a/b") == normal


@given(st.sampled_from(HOSTS), st.text(alphabet=ALPHABET, max_size=60))
def test_normalising_twice_changes_nothing(host: str, rest: str) -> None:
    normal = normalise(f"http://{host}/{rest}")
    if normal is not None:
        assert normalise(normal) == normal


@given(st.text(max_size=80))
def test_any_text_is_an_address_or_none(text: str) -> None:
    for address in (text, f"http://{text}", f"http://example.org/{text}"):
        normal = normalise(address, "http://example.org/a")
        assert normal is None or (normal.isascii() and normalise(normal) == normal)


@given(st.permutations(["a=1", "b=2", "c=3", "a=0"]))
def test_the_order_of_parameters_does_not_matter(pairs: list[str]) -> None:
    assert normalise("http://example.org/?" + "&".join(pairs)) == "http://example.org/?a=0&a=1&b=2&c=3"


@given(st.text(alphabet=ALPHABET, max_size=60))
def test_an_address_is_the_sum_of_its_parts(rest: str) -> None:
    normal = normalise(f"https://example.org:8443/{rest}")
    if normal is not None:
        assert unsplit(split(normal)) == normal
        assert host_of(normal) == "example.org:8443"
