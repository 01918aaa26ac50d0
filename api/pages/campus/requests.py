"""The list of service requests: what waits for whom, what is late first, filtered and sorted by its address."""

from collections.abc import Mapping

from fastapi import Request
from sqlalchemy.orm import Session
from starlette.responses import Response

from api import request_words as words
from api.dependencies import LARGEST_ID, Reading
from api.forms import Entered
from api.pages import page_router
from api.pages.campus.access import Reader, keeps
from api.paging import WantedPage
from api.rendering import render
from campus.requests import queries
from campus.requests.queries import Filter, Sort, Waiting
from campus.requests.rules import RequestKind, State
from core.i18n import gettext as _
from core.i18n import ngettext, today
from core.people.models import Person

router = page_router()
LIST = "/rooms/requests"
NOT_FILTERS = ("sort", "page")


@router.get(LIST)
def requests(request: Request, person: Reader, session: Reading, paging: WantedPage) -> Response:
    """The requests that the address asks for; the open ones when it asks for nothing."""
    params = request.query_params
    wanted = _filter_of(params, person)
    name = params.get("sort", "")
    sort = next((one for one in Sort if one == name.removeprefix("-")), Sort.DUE)
    lines, total = queries.requests(
        session, wanted, sort, descending=name.startswith("-"), offset=paging.offset, limit=paging.size
    )
    waiting = queries.waiting(session, today())
    return render(
        request,
        "rooms/requests.html",
        lines=lines,
        paging=paging.of(total),
        waiting=waiting,
        mine=queries.requests(session, Filter(assignee_id=person.id), limit=1)[1],
        said=_said(waiting),
        filters=Entered(start={**params, "group": params.get("group", "open")}),
        options=_options(session),
        filtered=any(value for name, value in params.items() if name not in NOT_FILTERS),
        overdue_on=today(),
        words=words,
        keeps=keeps(person),
    )


def _filter_of(params: Mapping[str, str], person: Person) -> Filter:
    """What the address asks for; a value that cannot be is passed over."""
    assignee = params.get("assignee", "")
    return Filter(
        group=params.get("group", "open"),
        state=next((one for one in State if one == params.get("state")), None),
        kind=next((one for one in RequestKind if one == params.get("kind")), None),
        pavilion=params.get("pavilion", ""),
        assignee_id=person.id if assignee == "me" else _number(assignee),
        unassigned=assignee == "nobody",
        overdue_on=today() if params.get("overdue") else None,
        room_id=_number(params.get("room", "")),
    )


def _number(text: str) -> int | None:
    given = int(text) if text.isascii() and text.isdecimal() and len(text) <= 10 else 0
    return given if 0 < given <= LARGEST_ID else None


def _said(waiting: Waiting) -> str:
    if waiting.overdue:
        return ngettext("%(n)s request is overdue.", "%(n)s requests are overdue.", waiting.overdue)
    if waiting.unassigned:
        return ngettext(
            "%(n)s request waits for somebody to take it.",
            "%(n)s requests wait for somebody to take them.",
            waiting.unassigned,
        )
    if waiting.open:
        return ngettext("%(n)s request is in hand.", "%(n)s requests are in hand.", waiting.open)
    return _("Nothing waits.")


def _options(session: Session) -> dict[str, list[tuple[str, object]]]:
    anything: tuple[str, object] = ("", _("All"))
    return {
        "group": [("open", _("Not ended")), ("ended", _("Ended")), ("all", _("All"))],
        "state": [anything, *((name, shown.text) for name, shown in words.STATES.items())],
        "kind": [anything, *words.KINDS.items()],
        "pavilion": [anything, *((one.slug, one.name) for one in queries.pavilions(session))],
        "assignee": [
            anything,
            ("me", _("Me")),
            ("nobody", _("Nobody")),
            *((str(one.id), one.name) for one in queries.workers(session)),
        ],
    }
