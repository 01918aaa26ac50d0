"""The start page of each person, and the choice of language."""

from typing import Annotated

from fastapi import Depends, Form, Request
from starlette.responses import RedirectResponse, Response

from api import addresses, cookies, sections
from api.dependencies import CurrentPerson, Visitor, Writing, actor, visitor
from api.pages import page_router
from api.routing import paths
from core.people import actions, queries, rules

router = page_router()


@router.get("/")
def start(request: Request, person: CurrentPerson) -> Response:
    """On to the first section that this person may use."""
    first = next(iter(sections.open_to(person, paths(request.app))), None)
    return RedirectResponse(first.path if first else "/account", 303)


@router.post("/language")
def choose_language(
    request: Request,
    session: Writing,
    found: Annotated[Visitor | None, Depends(visitor)],
    language: Annotated[str, Form()],
    next: Annotated[str, Form()] = "/",
) -> Response:
    """Speak another language, from now on and, for who is signed in, at every sign-in."""
    chosen = rules.checked_language(language)
    if found:
        person = queries.person(session, found.person.id)
        actions.change_person(session, actor(person), person.id, person.version, language=chosen)
    answer = RedirectResponse(addresses.local_path(next), 303)
    cookies.put(request, answer, cookies.LANGUAGE, chosen, seconds=cookies.YEAR)
    return answer
