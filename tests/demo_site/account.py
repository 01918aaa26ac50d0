"""Login form, logout link, and the pages that need a session."""

from collections.abc import Awaitable, Callable

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from .courses import COURSES
from .render import SESSION_COOKIE, page, site_of, user_of

FORM_COOKIE = "demo_login_form"
REFUSED = "Your login was not accepted. Please try again."


async def login_form(request: Request) -> Response:
    """The form, with a hidden token that must come back together with the cookie."""
    return _form(request)


async def log_in(request: Request) -> Response:
    """A session for the right password, else the form again."""
    values = {key: str(value) for key, value in (await request.form()).items()}
    token = values.get("logintoken", "")
    if token not in site_of(request).forms or token != request.cookies.get(FORM_COOKIE):
        return _form(request, REFUSED)
    key = site_of(request).log_in(values.get("username", ""), values.get("password", ""), token)
    if key is None:
        return _form(request, REFUSED)
    answer = RedirectResponse("/my/", 303)
    answer.set_cookie(SESSION_COOKIE, key, httponly=True)
    return answer


async def log_out(request: Request) -> Response:
    """Really end the session, on a plain GET."""
    site_of(request).log_out(request.cookies.get(SESSION_COOKIE))
    answer = RedirectResponse("/", 303)
    answer.delete_cookie(SESSION_COOKIE)
    return answer


def _form(request: Request, error: str = "") -> Response:
    token = site_of(request).open_form(request.cookies.get(FORM_COOKIE))
    answer = page(request, "login", "Log in", token=token, error=error)
    answer.set_cookie(FORM_COOKIE, token, httponly=True)
    return answer


def _for_users(name: str, title: str) -> Callable[[Request], Awaitable[Response]]:
    async def endpoint(request: Request) -> Response:
        if user_of(request) is None:
            return RedirectResponse("/login", 303)
        return page(request, name, title, courses=COURSES)

    return endpoint


routes = [
    Route("/login", login_form, methods=["GET"]),
    Route("/login", log_in, methods=["POST"]),
    Route("/logout", log_out),
    Route("/my/", _for_users("my", "My dashboard")),
    Route("/my/grades", _for_users("my_grades", "My grades")),
]
