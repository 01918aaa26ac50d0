from pathlib import Path

import pytest

from accessibility.engine.typed_addresses import (
    check_address,
    private_networks,
    read_addresses,
    settings_for_addresses,
)
from core.errors import InvalidInput


def test_a_typed_address_starts_the_crawl_and_its_host_bounds_it() -> None:
    settings = settings_for_addresses(["https://example.org/courses/start?x=1"])
    assert settings.base == ("https://example.org/",)
    assert settings.start == ("https://example.org/courses/start?x=1",)
    assert (settings.slug, settings.name) == ("example-org", "example.org")


def test_addresses_on_two_hosts_are_one_platform() -> None:
    settings = settings_for_addresses(
        ["https://a.example.org/x", "http://b.example.org:8080/", "https://a.example.org/"]
    )
    assert settings.base == ("https://a.example.org/", "http://b.example.org:8080/")
    assert len(settings.start) == 3


@pytest.mark.parametrize("address", ["http://[::1]:8000/", "http://münchen.example/", f"http://{'a' * 200}/"])
def test_every_host_makes_a_valid_slug(address: str) -> None:
    assert settings_for_addresses([address]).slug


@pytest.mark.parametrize(
    "address",
    ["example.org", "ftp://example.org/", "http://", "http:///x", "http://a b/", "http://[::1/", "http://x:99999/", "",
     "javascript:alert(1)", "file:///etc/passwd", "http://example.org/\x00"],
)  # fmt: skip
def test_what_no_browser_could_be_sent_to_is_refused(address: str) -> None:
    with pytest.raises(InvalidInput, match="is not an http or https address"):
        check_address(address)


def test_a_password_in_an_address_is_refused_and_not_repeated() -> None:
    with pytest.raises(InvalidInput) as refusal:
        check_address("https://user:hunter2@example.org/")
    assert "hunter2" not in str(refusal.value)


def test_a_file_holds_one_address_a_line_with_comments(tmp_path: Path) -> None:
    file = tmp_path / "urls.txt"
    file.write_text(
        "\ufeff# pages\n\nhttps://example.org/a#part\r\n  https://example.org/b  \nhttps://example.org/a#part\n"
    )
    assert read_addresses(file) == ("https://example.org/a#part", "https://example.org/b")


def test_a_wrong_line_is_named(tmp_path: Path) -> None:
    file = tmp_path / "urls.txt"
    file.write_text("https://example.org/\nexample.org/b\n")
    with pytest.raises(InvalidInput, match=r"urls\.txt, line 2: 'example\.org/b' is not"):
        read_addresses(file)


@pytest.mark.parametrize(
    ("content", "said"), [(b"# none\n", "holds no address"), (b"\xff", "is not UTF-8"), (None, "cannot be read")]
)
def test_a_file_without_addresses_is_refused(tmp_path: Path, content: bytes | None, said: str) -> None:
    file = tmp_path / "urls.txt"
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(InvalidInput, match=rf"urls\.txt: {said}"):
        read_addresses(file)


@pytest.mark.parametrize(
    ("address", "ranges"),
    [
        ("http://127.0.0.1:8000/", ("127.0.0.0/8",)),
        ("http://[::1]/", ("::1/128",)),
        ("http://10.1.2.3/", ("10.0.0.0/8",)),
        ("http://192.168.0.7/", ("192.168.0.0/16",)),
        ("http://93.184.216.34/", ()),
        ("http://no-such-host.invalid/", ()),
    ],
)
def test_a_typed_private_address_permits_its_range_and_no_other(address: str, ranges: tuple[str, ...]) -> None:
    assert private_networks([address]) == ranges


def test_a_name_permits_the_ranges_it_resolves_to() -> None:
    assert "127.0.0.0/8" in private_networks(["http://localhost:8000/"])
