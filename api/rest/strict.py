"""What every REST route refuses: a parameter it does not know, and a body that is not JSON.

A misspelt filter that is passed over would answer more than was asked for, and a script would act on it.
"""

from collections.abc import Iterator
from typing import Any

from fastapi import Depends, Request
from fastapi.dependencies.models import Dependant
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException

from core.i18n import gettext as _


def only_known_parameters(request: Request) -> None:
    """Raises 422 naming each query parameter that the route does not have."""
    known = set(_parameters(request.scope["route"].dependant))
    unknown = [name for name in request.query_params if name not in known]
    if unknown:
        raise RequestValidationError(
            [{"loc": ("query", name), "msg": _("There is no such parameter."), "type": "unknown"} for name in unknown]
        )


def only_json(request: Request) -> None:
    """Raises 415 for a body of another kind."""
    if "transfer-encoding" not in request.headers and request.headers.get("content-length", "0") == "0":
        return
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != "application/json":
        raise HTTPException(415, _("Send the body as application/json."))


STRICT: list[Any] = [Depends(only_json), Depends(only_known_parameters)]
"""Dependencies of every REST router."""


def _parameters(dependant: Dependant) -> Iterator[str]:
    yield from (field.alias for field in dependant.query_params)
    for other in dependant.dependencies:
        yield from _parameters(other)
