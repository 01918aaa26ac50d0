"""Signing in and out."""

from typing import Annotated

from fastapi import Depends, Request
from starlette.responses import RedirectResponse, Response

from api import addresses, cookies, flash
from api.dependencies import TheDatabase, Visitor, Writing, visitor
from api.flash import Flash
from api.forms import Entered, Posted
from api.pages import page_router
from api.rendering import render
from core import i18n
from core.errors import NotAllowed, TooManyAttempts
from core.i18n import gettext as _
from core.people import keys, login
from core.people.login import SignedIn
from core.settings import settings

router = page_router()


@router.get("/sign-in")
def form(request: Request, found: Annotated[Visitor | None, Depends(visitor)], next: str = "/") -> Response:
    """The form; who is signed in already goes on."""
    if found:
        return RedirectResponse(addresses.local_path(next), 303)
    return _page(request, Entered(start={"next": addresses.local_path(next)}))


@router.post("/sign-in")
def sign_in(request: Request, database: TheDatabase, posted: Posted) -> Response:
    """Open a session under a key that is new, whatever the browser sent before."""
    entered = Entered(posted)
    try:
        signed_in = login.sign_in(
            database,
            entered.value("email"),
            entered.value("password"),
            address=request.client.host if request.client else "",
            user_agent=request.headers.get("user-agent", ""),
            previous_key=cookies.read(request, cookies.SESSION) or "",
        )
    except NotAllowed as error:
        entered.errors["email"] = str(error)
        return _page(request, entered, status=401)
    except TooManyAttempts as error:
        wait = i18n.format_duration(error.retry_after)
        entered.errors["email"] = _("Too many attempts to sign in. Try again in about %(wait)s.", wait=wait)
        page = _page(request, entered, status=429)
        page.headers["Retry-After"] = str(error.retry_after)
        return page
    answer = RedirectResponse(addresses.local_path(entered.value("next")), 303)
    remember(request, answer, signed_in)
    return answer


def remember(request: Request, answer: Response, signed_in: SignedIn) -> None:
    """Give the browser the key of its new session."""
    cookies.put(request, answer, cookies.SESSION, signed_in.key)
    cookies.drop(request, answer, cookies.VISIT)
    if signed_in.person.language:
        cookies.put(request, answer, cookies.LANGUAGE, signed_in.person.language, seconds=cookies.YEAR)


@router.post("/sign-out")
def sign_out(request: Request, session: Writing) -> Response:
    """End the session on the server, and forget its cookie."""
    key = cookies.read(request, cookies.SESSION)
    ended = keys.end_sign_in(session, key) if key else None
    if ended and ended.by_oidc and settings().oidc_issuer:
        page = RedirectResponse("/sign-in/ended", 303)
        cookies.drop(request, page, cookies.SESSION)
        return page
    answer = RedirectResponse("/sign-in", 303)
    cookies.drop(request, answer, cookies.SESSION)
    visit = cookies.new_visit()
    cookies.put(request, answer, cookies.VISIT, visit)
    flash.put(request, answer, Flash(_("You are signed out.")), key=visit)
    return answer


def _page(request: Request, entered: Entered, status: int = 200) -> Response:
    return render(
        request,
        "sign_in.html",
        status=status,
        entered=entered,
        provider=settings().oidc_issuer and settings().oidc_name,
    )
