"""Long lists in pages, for templates (`ui.pagination(paging)`) and for REST (`Link` header)."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Query, Request

from api import addresses

PAGE_SIZE = 50
LAST_PAGE = 1_000_000


@dataclass(frozen=True)
class Paging:
    """Which part of a list is wanted: `page` counts from 1."""

    request: Request
    page: int
    size: int

    @property
    def offset(self) -> int:
        """How many items come before this page."""
        return (self.page - 1) * self.size

    def of(self, total: int) -> "Pages":
        """The pages of a list with so many items."""
        return Pages(self.request, self.page, self.size, total)


@dataclass(frozen=True)
class Pages:
    """A list of `total` items in pages of `size`, and where one is."""

    request: Request
    page: int
    size: int
    total: int

    @property
    def last(self) -> int:
        """Number of the last page; an empty list has one."""
        return max(1, -(-self.total // self.size))

    @property
    def first_item(self) -> int:
        """Number of the first item of this page, from 1; 0 for an empty page."""
        return min((self.page - 1) * self.size + 1, self.total)

    @property
    def last_item(self) -> int:
        """Number of the last item of this page."""
        return min(self.page * self.size, self.total)

    def address(self, page: int) -> str:
        """Address of another page of the list."""
        return addresses.with_params(self.request, page=page if page > 1 else None)

    def shown(self) -> Sequence[int | None]:
        """The page numbers to offer; None stands for a gap."""
        near = sorted({1, self.last, *range(max(1, self.page - 1), min(self.last, self.page + 1) + 1)})
        numbers: list[int | None] = []
        for before, number in zip([0, *near], near, strict=False):
            if number > before + 1:
                numbers.append(None)
            numbers.append(number)
        return numbers

    def link_header(self) -> str:
        """The `Link` header of RFC 8288 for this page of a REST answer."""
        relations = {"first": 1, "prev": self.page - 1, "next": self.page + 1, "last": self.last}
        return ", ".join(
            f'<{self.address(page)}>; rel="{name}"' for name, page in relations.items() if 1 <= page <= self.last
        )


def wanted_page(request: Request, page: Annotated[int, Query(ge=1, le=LAST_PAGE)] = 1) -> Paging:
    """The page of a list in the browser."""
    return Paging(request, page, PAGE_SIZE)


def wanted_part(
    request: Request,
    page: Annotated[int, Query(ge=1, le=LAST_PAGE)] = 1,
    per_page: Annotated[int, Query(ge=1, le=500)] = PAGE_SIZE,
) -> Paging:
    """The page of a REST list, whose size the client may choose."""
    return Paging(request, page, per_page)


WantedPage = Annotated[Paging, Depends(wanted_page)]
WantedPart = Annotated[Paging, Depends(wanted_part)]
