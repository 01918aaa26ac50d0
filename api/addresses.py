"""Addresses inside the service: changed parameters, and where it is safe to send somebody."""

from urllib.parse import urlencode, urlsplit

from fastapi import Request


def with_params(request: Request, **changes: object) -> str:
    """This page's address with some query parameters changed; None removes one.

    >>> # on /tickets?state=open&page=3: with_params(request, page=None, sort="due") is /tickets?state=open&sort=due
    """
    kept = [(name, value) for name, value in request.query_params.multi_items() if name not in changes]
    kept += [(name, str(value)) for name, value in changes.items() if value is not None]
    return f"{request.url.path}?{urlencode(kept)}" if kept else request.url.path


def local_path(wanted: str, otherwise: str = "/") -> str:
    """`wanted` if it is a path on this service, else `otherwise`: nobody can be sent elsewhere through us.

    >>> local_path("/settings/people?page=2")
    '/settings/people?page=2'
    >>> local_path("//example.org")
    '/'
    """
    if not wanted.startswith("/") or wanted.startswith("//") or "\\" in wanted or not wanted.isprintable():
        return otherwise
    try:
        parts = urlsplit(wanted)
    except ValueError:
        return otherwise
    return otherwise if parts.scheme or parts.netloc else wanted
