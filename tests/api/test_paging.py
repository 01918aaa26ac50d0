"""Lists in pages."""

import pytest
from starlette.requests import Request

from api.addresses import local_path, with_params
from api.paging import Pages


def request(path: str, query: str = "") -> Request:
    return Request({"type": "http", "path": path, "query_string": query.encode(), "headers": [], "method": "GET"})


def pages(page: int, total: int) -> Pages:
    return Pages(request("/things", "sort=name&page=2"), page, 10, total)


@pytest.mark.parametrize(
    ("page", "total", "shown"),
    [
        (1, 0, [1]),
        (1, 10, [1]),
        (1, 11, [1, 2]),
        (1, 100, [1, 2, None, 10]),
        (5, 100, [1, None, 4, 5, 6, None, 10]),
        (3, 40, [1, 2, 3, 4]),
        (10, 100, [1, None, 9, 10]),
    ],
)
def test_the_pages_offered_are_the_ends_and_the_neighbours(page: int, total: int, shown: list[int | None]) -> None:
    assert pages(page, total).shown() == shown


def test_a_page_says_which_items_it_holds() -> None:
    assert (pages(2, 15).first_item, pages(2, 15).last_item) == (11, 15)
    assert (pages(1, 0).first_item, pages(1, 0).last_item) == (0, 0)


def test_addresses_of_pages_keep_the_other_parameters() -> None:
    assert pages(2, 30).address(3) == "/things?sort=name&page=3"
    assert pages(2, 30).address(1) == "/things?sort=name"


def test_a_parameter_can_be_changed_and_taken_away() -> None:
    here = request("/things", "state=open&state=new&page=3")
    assert with_params(here, page=None, sort="-due") == "/things?state=open&state=new&sort=-due"
    assert with_params(here, page=None, state=None) == "/things"


@pytest.mark.parametrize("address", ["/", "/settings/people?page=2", "/a#b"])
def test_our_own_paths_are_followed(address: str) -> None:
    assert local_path(address) == address


@pytest.mark.parametrize(
    "address",
    [
        "",
        "x",
        "//example.org",
        "/\\example.org",
        "https://example.org",
        "javascript:x",
        "/a\nb",
        "/\t/x",
        "///x",
        "\\/x",
    ],
)
def test_other_addresses_are_not(address: str) -> None:
    assert local_path(address) == "/"
