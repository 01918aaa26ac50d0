"""Against lost updates: an answer carries its version as ETag, and a change must name the version that it is based on.

def change(..., version: ExpectedVersion) -> Response:
    thing = ...
    must_be(thing.version, version)
"""

from typing import Annotated

from fastapi import Depends, Header
from starlette.exceptions import HTTPException

from core.i18n import gettext as _


def etag(version: int) -> str:
    """The ETag of a version: `"v7"`."""
    return f'"v{version}"'


def expected_version(if_match: Annotated[str | None, Header()] = None) -> int:
    """The version in `If-Match`. Raises 428 when it is missing, 412 when it cannot be one of ours."""
    if if_match is None:
        raise HTTPException(428, _("Send If-Match with the ETag of what you change."))
    number = if_match.strip().removeprefix('"v').removesuffix('"')
    if etag(int(number) if number.isascii() and number.isdecimal() and len(number) < 10 else -1) != if_match.strip():
        raise _changed()
    return int(number)


ExpectedVersion = Annotated[int, Depends(expected_version)]


def must_be(present: int, expected: int) -> None:
    """Raises 412 when the caller's version is not the present one."""
    if present != expected:
        raise _changed()


def _changed() -> HTTPException:
    return HTTPException(412, _("It was changed meanwhile: get it again, then change that."))
