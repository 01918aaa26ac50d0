"""The public form of guests who want an answer: apart from the questionnaire, and nothing joins the two.

`from` may name an answer point, from which the pavilion is offered; neither the point nor the week of the stay is kept.
"""

from typing import Annotated

from fastapi import Query, Request
from pydantic import BaseModel
from starlette.responses import RedirectResponse, Response

from api.dependencies import Reading, TheDatabase
from api.forms import Entered, Posted
from api.guest_pages import guest_router, language_of, page
from campus.feedback.cases import actions, queries, rules, throttle
from campus.feedback.cases.actions import Asked
from campus.places.models import Pavilion
from core.errors import InvalidInput, TooManyAttempts
from core.guest_texts import language, say, speaking

router = guest_router()
ASK = "/ask"

Point = Annotated[str, Query(alias="from", max_length=32)]


class Ask(BaseModel):
    """What a guest sends; whether it is enough is said in the guest's language."""

    text: str = ""
    contact: str = ""
    pavilion: str = ""


@router.get(ASK)
def form(request: Request, session: Reading, point: Point = "") -> Response:
    """An empty form in the language of the address or the browser."""
    offered = queries.pavilion_of_point(session, point)
    with speaking(language_of(request)):
        return _page(offered, point, Entered(start={"pavilion": offered.slug if offered else ""}))


@router.post(ASK)
def send(request: Request, database: TheDatabase, posted: Posted, point: Point = "") -> Response:
    """Take a case, which is counted before anything else is done; or show the form in another language."""
    entered = Entered(posted)
    speak = entered.value("speak")
    with speaking(language_of(request, chosen=speak)):
        with database.read() as session:
            offered = queries.pavilion_of_point(session, point)
        if speak:
            return _page(offered, point, entered)

        def again() -> Response:
            return _page(offered, point, entered)

        try:
            with entered.shown_again(again):
                given = entered.check(Ask)
                _check(given, entered)
                with database.write() as session:
                    throttle.count_case(session, request.client.host if request.client else "")
                    kept = offered.id if offered and given.pavilion == offered.slug else None
                    asked = Asked(text=given.text, contact=given.contact, language=language(), pavilion_id=kept)
                    actions.open_case(session, asked)
        except TooManyAttempts as error:
            entered.errors[""] = str(error)
            answer = again()
            answer.status_code = 429
            answer.headers["Retry-After"] = str(error.retry_after)
            return answer
        return RedirectResponse(f"{ASK}/sent?lang={language()}", 303)


@router.get(f"{ASK}/sent")
def sent(request: Request) -> Response:
    """Says thank you; the same for everybody."""
    return page("survey/ask_sent.html", language_of(request), languages=())


def _check(given: Ask, entered: Entered) -> None:
    """Raises `InvalidInput`; every field that is wrong is named at once."""
    if not 1 <= len(given.text) <= rules.MOST_TEXT:
        entered.errors["text"] = say("Write what we should answer, in up to %(n)s characters.", n=rules.MOST_TEXT)
    try:
        rules.checked_contact(given.contact)
    except InvalidInput:
        entered.errors["contact"] = say("Enter an e-mail address or a telephone number, on one line.")
    for place, message in entered.errors.items():
        raise InvalidInput(message, place=place)


def _page(offered: Pavilion | None, point: str, entered: Entered) -> Response:
    kept = f"&from={point}" if offered else ""
    address = f"{ASK}?lang={language()}{kept}"
    return page("survey/ask.html", language(), entered=entered, offered=offered, address=address)
