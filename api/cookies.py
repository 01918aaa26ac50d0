"""The cookies of the service: their names, and how they are set so that no other site or script can use them."""

import secrets

from fastapi import Request
from starlette.responses import Response

from core.settings import Settings

SESSION = "campus_session"
VISIT = "campus_visit"  # before sign-in: what the forms' tokens are bound to
FLASH = "campus_flash"
LANGUAGE = "campus_language"
OIDC = "campus_oidc"  # a sign-in begun at the provider
YEAR = 365 * 24 * 3600


def read(request: Request, name: str) -> str | None:
    """The cookie's value, or None."""
    return request.cookies.get(full_name(request, name)) or None


def put(request: Request, response: Response, name: str, value: str, *, seconds: int | None = None) -> None:
    """Set a cookie, until the browser closes or for so many seconds."""
    response.set_cookie(
        full_name(request, name),
        value,
        max_age=seconds,
        path="/",
        secure=is_secure(request),
        httponly=True,
        samesite="lax",
    )


def drop(request: Request, response: Response, name: str) -> None:
    """Delete a cookie."""
    response.delete_cookie(full_name(request, name), path="/", secure=is_secure(request), httponly=True, samesite="lax")


def new_visit() -> str:
    """A value for the cookie before sign-in: 256 random bits."""
    return secrets.token_urlsafe(32)


def full_name(request: Request, name: str) -> str:
    """The name with the `__Host-` prefix where people come by HTTPS: then no sister domain can set it."""
    return f"__Host-{name}" if is_secure(request) else name


def is_secure(request: Request) -> bool:
    """Whether people reach the service by HTTPS."""
    config: Settings = request.app.state.settings
    return config.public_url.startswith("https://")
