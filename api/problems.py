"""How a failure is answered: a problem document (RFC 9457) under /api/, elsewhere a page that says what to do."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

import structlog
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm.exc import StaleDataError
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from api import dependencies, guest_pages
from api.forms import Rejected, said
from api.rendering import render
from core import errors
from core.i18n import gettext as _

log = structlog.get_logger(__name__)
STATUS: dict[type[errors.CampusError], int] = {
    errors.InvalidInput: 422,
    errors.NotFound: 404,
    errors.NotAllowed: 403,
    errors.Conflict: 409,
    errors.TooManyAttempts: 429,
    errors.Unavailable: 503,
}


@dataclass(frozen=True)
class Problem:
    """One failed request. `errors` names the wrong places of the input."""

    status: int
    detail: str
    errors: Sequence[Mapping[str, str]] = ()
    headers: Mapping[str, str] | None = None


def install(app: FastAPI) -> None:
    """Answer every known failure of `app` in the right form."""
    app.add_exception_handler(Rejected, _rejected)
    app.add_exception_handler(errors.CampusError, _campus_error)
    app.add_exception_handler(HTTPException, _http_error)
    app.add_exception_handler(RequestValidationError, _wrong_request)
    app.add_exception_handler(StaleDataError, _stale)
    app.add_exception_handler(OperationalError, _database_error)


def answer(request: Request, problem: Problem) -> Response:
    """The answer in the form that this client understands."""
    if request.url.path.startswith("/api/"):
        return _document(request, problem)
    if guest_pages.is_one(request.url.path):
        return guest_pages.problem(request, problem.status, problem.headers or {})
    page = render(request, "error.html", status=problem.status, problem=problem, heading=_heading(problem.status))
    page.headers.update(problem.headers or {})
    return page


def unexpected(request: Request) -> Response:
    """A failure nobody foresaw: no detail goes out, the id leads to the log."""
    return answer(
        request, Problem(500, _("Something went wrong on our side. Nothing you did caused it. Try again in a minute."))
    )


def too_large(request: Request) -> Response:
    """More is announced than any address takes; the connection ends, so that it is not sent after all."""
    return answer(request, Problem(413, _("What you sent is too large."), headers={"Connection": "close"}))


def too_slow(request: Request) -> Response:
    """What was announced did not come in time; the connection ends."""
    return answer(request, Problem(408, _("What you sent did not arrive in time."), headers={"Connection": "close"}))


def too_many_bodies(request: Request) -> Response:
    """Others are sending large files at this moment."""
    headers = {"Connection": "close", "Retry-After": "60"}
    return answer(
        request, Problem(503, _("Too many files are being sent at once. Try again in a minute."), headers=headers)
    )


def not_understood(request: Request) -> Response:
    """The address itself cannot be one of ours."""
    return answer(request, Problem(400, _("The address holds a character that no address of this service holds.")))


def _document(request: Request, problem: Problem) -> Response:
    content: dict[str, object] = {
        "type": "about:blank",
        "title": HTTPStatus(problem.status).phrase,
        "status": problem.status,
        "detail": problem.detail,
        "instance": request.url.path,
        "request_id": request.state.id,
    }
    if problem.errors:
        content["errors"] = [dict(error) for error in problem.errors]
    headers = dict(problem.headers or {})
    return JSONResponse(content, problem.status, headers=headers, media_type="application/problem+json")


def _rejected(_request: Request, error: Exception) -> Response:
    assert isinstance(error, Rejected)
    return error.page


def _campus_error(request: Request, error: Exception) -> Response:
    status = next(code for kind, code in STATUS.items() if isinstance(error, kind))
    headers = {"Retry-After": str(error.retry_after)} if isinstance(error, errors.TooManyAttempts) else None
    wrong: list[Mapping[str, str]] = []
    if isinstance(error, errors.InvalidInput) and error.place:
        wrong = [{"place": error.place, "detail": str(error.message)}]
    dependencies.visitor(request)
    return answer(request, Problem(status, str(error), wrong, headers))


def _http_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    if error.status_code < 400:
        return _elsewhere(request, error)
    dependencies.visitor(request)  # first: it knows the language
    details = {
        404: _("There is no page at this address. It may have moved, or the address was mistyped."),
        405: _("This address does not accept that kind of request."),
        413: _("What you sent is too large."),
    }
    detail = details.get(error.status_code, str(error.detail))
    headers = dict(error.headers or {})
    if error.status_code == 405 and (methods := _methods_at(request)):
        headers["Allow"] = methods
    return answer(request, Problem(error.status_code, detail, headers=headers))


def _methods_at(request: Request) -> str:
    """The methods of every route at this address: the framework names only those of the first."""
    routes = (route for route in request.app.routes if isinstance(route, Route))
    here = (route for route in routes if route.path_regex.match(request.url.path))
    return ", ".join(sorted({method for route in here for method in route.methods or ()}))


def _elsewhere(request: Request, error: HTTPException) -> Response:
    """A redirect; htmx, which asked for a part of a page, is told to load the whole other page instead."""
    headers = dict(error.headers or {})
    if request.headers.get("hx-request") == "true":
        return Response(status_code=204, headers={"HX-Redirect": headers["Location"]})
    return Response(status_code=error.status_code, headers=headers)


def _wrong_request(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    dependencies.visitor(request)
    says = _as_published if request.url.path.startswith("/api/") else said
    wrong = [{"place": ".".join(str(part) for part in one["loc"]), "detail": says(one)} for one in error.errors()]
    if any(one["place"].startswith("path.") for one in wrong):
        return _http_error(request, HTTPException(404))
    return answer(request, Problem(422, _("Part of the request is wrong or missing."), wrong))


def _as_published(error: Mapping[str, Any]) -> str:
    """For machines: the words of pydantic, which are English and name the limits."""
    return str(error["msg"])


def _stale(request: Request, _error: Exception) -> Response:
    return _campus_error(request, errors.Conflict(_("Somebody changed it meanwhile. Reload to see what it is now.")))


def _database_error(request: Request, error: Exception) -> Response:
    log.error("database not available", error=str(error))
    return answer(
        request, Problem(503, _("The database does not answer. Try again in a minute."), headers={"Retry-After": "60"})
    )


def _heading(status: int) -> str:
    return {
        400: _("The request was not understood"),
        401: _("You are not signed in"),
        403: _("You may not do this"),
        404: _("Page not found"),
        405: _("This address does not accept that"),
        408: _("That took too long"),
        409: _("This was changed meanwhile"),
        413: _("Too much was sent at once"),
        422: _("Something in the request is wrong"),
        429: _("Too many attempts"),
        503: _("The service is not ready"),
    }.get(status, _("Something went wrong"))
