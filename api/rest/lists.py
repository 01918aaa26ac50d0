"""What every list has in common: `Link` to the other pages, and how many items there are on all of them."""

from typing import Annotated

from fastapi import Path, Query, Response

from accessibility.engine.platform import SLUG
from api.paging import Paging

Slug = Annotated[str, Path(pattern=SLUG.pattern, max_length=64, description="The platform's short name.")]
WantedPlatform = Annotated[
    str | None, Query(alias="platform", pattern=SLUG.pattern, max_length=64, description="Only of this platform.")
]


def tell_pages(response: Response, part: Paging, total: int) -> None:
    """Set `Link` (RFC 8288: first, prev, next, last) and `X-Total-Count`."""
    response.headers["Link"] = part.of(total).link_header()
    response.headers["X-Total-Count"] = str(total)
