"""Shared components: problems that several platforms have because they are made from one model."""

from typing import Any

from fastapi import Request
from sqlalchemy.orm import Session
from starlette.responses import Response

from accessibility.engine import wcag
from accessibility.engine.finding import Impact
from accessibility.ledger.platforms import queries as platforms
from accessibility.ledger.shared import queries
from accessibility.ledger.shared.queries import ChildLine, SharedFilter, SharedLine
from accessibility.ledger.shared.rules import GROUPS, SharedState, carried_to
from accessibility.ledger.tickets.models import Ticket
from accessibility.ledger.tickets.queries import components_of
from accessibility.ledger.tickets.rules import WAITING, Step, TicketState, may
from api import accessibility_words as words
from api.dependencies import Id, Reading
from api.finding_words import said
from api.forms import Entered
from api.pages import page_router
from api.pages.access import Overseer, sees_all
from api.paging import WantedPage
from api.rendering import render
from api.shared_history import told
from api.ticket_cards import card
from core.i18n import gettext as _
from core.i18n import today
from core.people import queries as people
from core.people.access import EVERY
from core.people.models import Person

router = page_router()
LIST = "/accessibility/shared"
ONE = f"{LIST}/{{number}}"
CLAIM, START, STOP = TicketState.FIXED, TicketState.IN_PROGRESS, TicketState.OPEN


@router.get(LIST)
def shared_components(request: Request, _person: Overseer, session: Reading, paging: WantedPage) -> Response:
    """What the address asks for; what is not finished when it asks for nothing."""
    params = request.query_params
    everywhere = platforms.platforms(session, EVERY)
    slugs = {one.slug: one.id for one in everywhere}
    state, slug = params.get("state", "waiting"), params.get("platform", "")
    wanted = SharedFilter(
        group=state if state in GROUPS else "",
        state=next((one for one in SharedState if one == state), None),
        impact=next((impact for impact in Impact if impact == params.get("impact")), None),
        platform_id=slugs.get(slug, 0) if slug else None,
    )
    lines, total = queries.shared_list(session, wanted, offset=paging.offset, limit=paging.size)
    return render(
        request,
        "accessibility/shared_list.html",
        lines=lines,
        paging=paging.of(total),
        filters=Entered(start={**params, "state": state}),
        filtered=any(value for name, value in params.items() if name != "page"),
        options=_options(everywhere),
        today=today(),
        words=words,
        said=said,
    )


@router.get(ONE)
def one_shared(request: Request, number: Id, person: Overseer, session: Reading) -> Response:
    """One shared component with its tickets on every platform."""
    return shared_page(request, session, person, number)


def shared_page(
    request: Request, session: Session, person: Person, number: int, *, entered: Entered | None = None
) -> Response:
    """The page, with what stands in its forms when one was wrong."""
    line = queries.line_of(session, number)
    children = queries.children_of(session, number)
    history, _total = queries.shared_history(session, number)
    example = _example(children)
    components = components_of(session, [example.id]).get(example.id, [])
    allowed = {step.value: may(person.roles, step, assigned=_assigned(line, person)) for step in Step}
    return render(
        request,
        "accessibility/shared.html",
        line=line,
        shared=line.shared,
        together=line.together,
        address=f"{LIST}/{number}",
        card=card(example, components),
        finding=components[-1].finding if components else {},
        criteria=[wcag.BY_NUMBER[one] for one in line.shared.criteria if one in wcag.BY_NUMBER],
        children=[child for child in children if child.sharing],
        apart=[child for child in children if not child.sharing],
        models=queries.models_of(session, children),
        history=told(history, people.people(session)),
        can=allowed,
        steps=_steps(children) if allowed[Step.WORK] else [],
        entered=entered or Entered(),
        forms=_forms(request, line, entered),
        people=[
            ("", _("Nobody")),
            *((one.id, one.name) for one in people.people_who_read(session, EVERY) if sees_all(one)),
        ],
        waiting=WAITING,
        today=today(),
        words=words,
    )


def _example(children: list[ChildLine]) -> Ticket:
    """The first ticket that still has the problem, else the first."""
    return next((one.ticket for one in children if one.ticket.pages), children[0].ticket)


def _assigned(line: SharedLine, person: Person) -> bool:
    return line.shared.assignee_id == person.id


def _steps(children: list[ChildLine]) -> list[tuple[str, str]]:
    """What can be carried to the children now, and what the button says."""
    states = {TicketState(child.ticket.state) for child in children if child.sharing}
    back = carried_to(states, START) == {CLAIM}
    texts = {
        CLAIM: _("Claim it repaired"),
        START: _("Not repaired after all") if back else _("Start work"),
        STOP: _("Stop work"),
    }
    return [(to.value, text) for to, text in texts.items() if carried_to(states, to)]


def _forms(request: Request, line: SharedLine, wrong: Entered | None) -> dict[str, Entered]:
    """What stands in each form of the page, by the last part of its address; one of them was perhaps wrong."""
    start = Entered(start={"assignee": str(line.shared.assignee_id or "")})
    forms = dict.fromkeys(("assign", "work", "comment"), start)
    return forms | ({request.url.path.rpartition("/")[2]: wrong} if wrong else {})


def _options(everywhere: list[Any]) -> dict[str, list[tuple[str, object]]]:
    """What each filter offers."""
    anything: tuple[str, object] = ("", _("All"))
    groups = words.TICKET_GROUPS
    states = [(name, shown.text) for name, shown in words.SHARED_STATES.items()]
    return {
        "state": [("waiting", groups["waiting"]), ("ended", groups["ended"]), *states, ("all", _("All"))],
        "impact": [anything, *((name, shown.text) for name, shown in words.IMPACTS.items())],
        "platform": [anything, *((one.slug, one.name) for one in everywhere)],
    }
