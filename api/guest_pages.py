"""Pages for guests: a renderer of their own. No cookie, the guests' languages, a few kilobytes.

The language is in the address (`?lang=ar`) or in the form, else that of the browser. Forms of guests carry no CSRF
token, as there is nothing for a forged request to use: guests have no account and no session, and whoever may open the
address may answer anyhow. A token would need a cookie.
"""

import re
from collections.abc import Collection, Mapping
from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import HTMLResponse, Response

from api.rendering import rendered
from core import guest_texts
from core.guest_texts import LANGUAGES, SOURCE, say
from core.i18n import best_of

FORMS = "/survey/[^/]+|/invited/[^/]+"
MOST_BODY = 4_000_000  # bytes: a comment that is far too long is shown again, with what is wrong with it
KEEPS_ITS_ADDRESS = {"Referrer-Policy": "no-referrer"}  # no log of what is opened from here names an invitation's code
_OURS = re.compile(r"/(survey|invited|ask)(/|$)")


def guest_router() -> APIRouter:
    """A router of pages for guests."""
    return APIRouter(include_in_schema=False)


def is_one(path: str) -> bool:
    """Whether this is an address for guests, who are told of failures in their own words, too."""
    return bool(_OURS.match(path))


def language_of(request: Request, offered: Collection[str] = tuple(LANGUAGES), chosen: str = "") -> str:
    """The language to speak: what was chosen in the form or the address, else what the browser asks for."""
    wanted = (chosen, request.query_params.get("lang", ""))
    found = next((one for one in wanted if one in offered), None)
    return found or best_of(request.headers.get("accept-language", ""), offered) or next(iter(offered), SOURCE)


def page(
    template: str,
    language: str,
    *,
    status: int = 200,
    languages: Collection[str] = tuple(LANGUAGES),
    **context: Any,
) -> Response:
    """A page in this language; `languages` are those that it offers to change to."""
    with guest_texts.speaking(language):
        html = rendered(
            template,
            language=language,
            direction=guest_texts.direction(language),
            languages=[(one, LANGUAGES.get(one, one)) for one in languages],
            **context,
        )
    return HTMLResponse(html, status, {"Content-Language": language, **KEEPS_ITS_ADDRESS})


def problem(request: Request, status: int, headers: Mapping[str, str]) -> Response:
    """A failure, told to a guest."""
    language = language_of(request)
    with guest_texts.speaking(language):
        heading, text = _told(status)
    answer = page("survey/told.html", language, status=status, heading=heading, text=text, link="")
    answer.headers.update(headers)
    return answer


def _told(status: int) -> tuple[str, str]:
    back = say("Go back: your answers are still in the form.")
    if status in (404, 405):
        return say("There is no page at this address"), say("Perhaps it was mistyped. Please ask the reception.")
    if status == 413:
        large = say("What you sent is too large.")
        return say("That is too much"), f"{large} {back}"
    if status < 500:
        unread = say("What you sent could not be read.")
        return say("This could not be read"), f"{unread} {back}"
    later = say("Send them again in a minute.")
    return say("Something went wrong on our side"), f"{back} {later}"
