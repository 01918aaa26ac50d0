"""Signing in through the OpenID provider, the page for whatever goes wrong there, and unlinking an account."""

from typing import Annotated

from fastapi import Depends, Request
from starlette.responses import RedirectResponse, Response

from api import addresses, cookies
from api.dependencies import CurrentVisitor, Id, TheDatabase, Visitor, Writing, actor, require, visitor
from api.flash import Flash
from api.oidc_words import told
from api.pages import page_router
from api.pages.people import LIST as PEOPLE
from api.pages.sign_in import remember
from api.rendering import redirect, render
from core import i18n
from core.errors import NotAllowed, NotFound, TooManyAttempts
from core.i18n import gettext as _
from core.people import queries
from core.people.models import Person
from core.people.oidc import accounts, flow
from core.people.oidc.exchange import BACK, logout_address
from core.people.oidc.problem import Problem, Reason
from core.people.oidc.provider import known_provider
from core.settings import settings

router = page_router()
BEGIN = "/sign-in/oidc"
STATUS = {Reason.DENIED: 403, Reason.STATE: 400, Reason.NOBODY: 403, Reason.EMAIL: 403}


@router.get(BEGIN)
def begin(
    request: Request, found: Annotated[Visitor | None, Depends(visitor)], database: TheDatabase, next: str = "/"
) -> Response:
    """On to the provider; who is signed in already goes on."""
    _must_be_set_up()
    wanted = addresses.local_path(next)
    if found:
        return RedirectResponse(wanted, 303)
    try:
        begun = flow.begin(database, next_path=wanted, address=_address(request))
    except Problem as problem:
        return _problem_page(request, problem.reason)
    except TooManyAttempts as error:
        return _throttled_page(request, error)
    answer = RedirectResponse(begun.address, 303)
    cookies.put(request, answer, cookies.OIDC, begun.key, seconds=int(flow.LASTS.total_seconds()))
    return answer


@router.get(BACK)
def end(
    request: Request, database: TheDatabase, state: str = "", code: str = "", error: str = "", iss: str = ""
) -> Response:
    """Back from the provider: a session under a new key, whatever the browser sent before."""
    _must_be_set_up()
    try:
        signed_in, wanted = flow.end(
            database,
            cookies.read(request, cookies.OIDC) or "",
            flow.Answer(state=state, code=code, error=error, issuer=iss),
            address=_address(request),
            user_agent=request.headers.get("user-agent", ""),
            previous_key=cookies.read(request, cookies.SESSION) or "",
        )
    except Problem as problem:
        page = _problem_page(request, problem.reason)
        cookies.drop(request, page, cookies.OIDC)
        return page
    answer = RedirectResponse(addresses.local_path(wanted), 303)
    remember(request, answer, signed_in)
    cookies.drop(request, answer, cookies.OIDC)
    return answer


@router.get("/sign-in/ended")
def ended(request: Request) -> Response:
    """After signing out here: the provider still knows the person, who may sign out there too."""
    _must_be_set_up()
    known = known_provider(settings().oidc_issuer)
    there = logout_address(known, settings()) if known else ""
    return render(request, "signed_out.html", name=settings().oidc_name, there=there)


@router.post("/account/unlink")
def unlink_mine(request: Request, found: CurrentVisitor, session: Writing) -> Response:
    """Sign in with the password only, from now on."""
    if settings().oidc_required:
        raise NotAllowed(_("Whoever is linked must stay so here. Ask an administrator if the link is wrong."))
    accounts.unlink(session, actor(found.person), found.person.id, settings().oidc_issuer)
    return redirect(request, "/account", Flash(_("The link is taken away. Sign in with your password.")))


@router.post(f"{PEOPLE}/{{person_id}}/unlink")
def unlink(request: Request, person_id: Id, person: Annotated[Person, require("admin")], session: Writing) -> Response:
    """Take the link of somebody away."""
    accounts.unlink(session, actor(person), person_id, settings().oidc_issuer)
    name = queries.person(session, person_id).name
    return redirect(request, f"{PEOPLE}/{person_id}", Flash(_("%(name)s signs in with a password now.", name=name)))


def _must_be_set_up() -> None:
    if not settings().oidc_issuer:
        raise NotFound(_("There is no page at this address. It may have moved, or the address was mistyped."))


def _address(request: Request) -> str:
    return request.client.host if request.client else ""


def _problem_page(request: Request, reason: Reason) -> Response:
    heading, advice = told(reason, settings().oidc_name)
    return render(
        request,
        "oidc_problem.html",
        status=STATUS.get(reason, 502),
        heading=heading,
        advice=advice,
        again=BEGIN,
        here="/sign-in",  # the address itself holds the code, which no form may carry on
    )


def _throttled_page(request: Request, error: TooManyAttempts) -> Response:
    wait = i18n.format_duration(error.retry_after)
    page = render(
        request,
        "oidc_problem.html",
        status=429,
        heading=_("Too many attempts"),
        advice=_("Too many attempts to sign in. Try again in about %(wait)s.", wait=wait),
        again="",
        here="/sign-in",
    )
    page.headers["Retry-After"] = str(error.retry_after)
    return page
