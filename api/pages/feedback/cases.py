"""Guests who want an answer: the list of cases, and one with what was done about it."""

from collections.abc import Mapping

from fastapi import Request
from sqlalchemy.orm import Session
from starlette.responses import Response

from api import case_words as words
from api.dependencies import Id, Reading
from api.forms import Entered
from api.pages import page_router
from api.pages.campus.places_form import parts
from api.pages.feedback.access import FeedbackKeeper
from api.paging import WantedPage
from api.rendering import render
from campus.feedback.cases import queries, rules
from campus.feedback.cases.models import GuestCase
from campus.feedback.cases.queries import Filter, Sort
from campus.feedback.cases.rules import ENDED, State
from core import mail
from core.guest_texts import LANGUAGES, direction
from core.i18n import gettext as _
from core.i18n import today
from core.people.models import Person

router = page_router()
LIST = "/feedback/cases"
ONE = f"{LIST}/{{number}}"
NOT_FILTERS = ("sort", "page")


@router.get(LIST)
def cases(request: Request, person: FeedbackKeeper, session: Reading, paging: WantedPage) -> Response:
    """The cases that the address asks for; the open ones when it asks for nothing."""
    params = request.query_params
    name = params.get("sort", "")
    sort = next((one for one in Sort if one == name.removeprefix("-")), Sort.DUE)
    lines, total = queries.cases(
        session,
        _filter_of(params, person),
        sort,
        descending=name.startswith("-"),
        offset=paging.offset,
        limit=paging.size,
    )
    waiting = queries.waiting(session, today())
    return render(
        request,
        "feedback/cases.html",
        lines=lines,
        paging=paging.of(total),
        waiting=waiting,
        said=words.said(waiting),
        filters=Entered(start={**params, "group": params.get("group", "open")}),
        options=_options(),
        filtered=any(value for name, value in params.items() if name not in NOT_FILTERS),
        is_overdue=rules.is_overdue,
        on=today(),
        words=words,
    )


@router.get(ONE)
def one(request: Request, number: Id, _person: FeedbackKeeper, session: Reading) -> Response:
    """One case."""
    return case_page(request, session, number)


def address_of(number: int) -> str:
    """The page of a case."""
    return ONE.format(number=number)


def case_page(request: Request, session: Session, number: int, entered: Entered | None = None) -> Response:
    """One case with its forms, of which one was perhaps wrong; an empty one before."""
    line = queries.line(session, number)
    found, state = line.case, State(line.case.state)
    email = rules.mail_of(found.contact)
    return render(
        request,
        "feedback/case.html",
        line=line,
        found=found,
        state=words.STATES[state],
        ended=state in ENDED,
        overdue=rules.is_overdue(found.state, found.due, today()),
        email=email,
        may_mail=bool(email) and mail.is_set_up() and state not in ENDED,
        language_name=LANGUAGES.get(found.language, found.language),
        direction=direction(found.language),
        address=address_of(number),
        history=words.history(session, found),
        entered=entered or Entered(),
        forms=_forms(request, found, entered),
        people=[("", _("Nobody")), *((str(one.id), one.name) for one in queries.keepers(session))],
    )


def _forms(request: Request, case: GuestCase, wrong: Entered | None) -> dict[str, Entered]:
    """What stands in each form of the page, by the last part of its address."""
    start: dict[str, str | list[str]] = {"assignee": str(case.assignee_id or "")}
    start |= parts("due", case.due)
    forms = dict.fromkeys(("answer", "step", "assign", "schedule", "note"), Entered(start=start))
    return forms | ({request.url.path.rpartition("/")[2]: wrong} if wrong else {})


def _filter_of(params: Mapping[str, str], person: Person) -> Filter:
    """What the address asks for; a value that cannot be is passed over."""
    assignee = params.get("assignee", "")
    return Filter(
        group=params.get("group", "open"),
        state=next((one for one in State if one == params.get("state")), None),
        assignee_id=person.id if assignee == "me" else None,
        unassigned=assignee == "nobody",
        overdue_on=today() if params.get("overdue") else None,
    )


def _options() -> dict[str, list[tuple[str, object]]]:
    anything: tuple[str, object] = ("", _("All"))
    return {
        "group": [("open", _("Not ended")), ("ended", _("Ended")), ("all", _("All"))],
        "state": [anything, *((name.value, shown.text) for name, shown in words.STATES.items())],
        "assignee": [anything, ("me", _("Me")), ("nobody", _("Nobody"))],
    }
