"""Which tickets a list is to hold, and in which order."""

from typing import Annotated, Literal

from fastapi import Depends, Query

from accessibility.engine.finding import Impact
from accessibility.engine.platform import SLUG
from accessibility.ledger.sections.actions import OTHERS
from accessibility.ledger.tickets.rules import TicketState
from accessibility.ledger.tickets.ticket_list import TicketFilter, TicketSort
from api.callers import Caller, require_scope
from api.dependencies import LARGEST_ID, Reading
from api.rest.lists import WantedPlatform
from api.rest.reach import wanted_platform
from api.rest.sections import section_of
from core.errors import InvalidInput
from core.i18n import gettext as _
from core.i18n import today
from core.people import rules

Sort = Literal[
    "impact", "-impact", "due", "-due", "number", "-number", "pages", "-pages", "updated", "-updated"
]  # fmt: skip
WantedSort = Annotated[
    Sort, Query(description="`-` turns the order round. `impact`: the worst first, then by due date.")
]
WantedSection = Annotated[
    str | None,
    Query(
        pattern=SLUG.pattern,
        max_length=64,
        description=f"With an open place in this section of the platform; `{OTHERS}` for pages of none.",
    ),
]
NightNumber = Annotated[int | None, Query(ge=1, le=LARGEST_ID, description="In the platform's audit of this number.")]


def wanted_tickets(
    caller: Annotated[Caller, require_scope(rules.READ)],
    session: Reading,
    slug: WantedPlatform = None,
    section: WantedSection = None,
    group: Annotated[
        Literal["waiting", "excepted", "ended"] | None,
        Query(description="`waiting` for repair or proof, `excepted` for now, or `ended`."),
    ] = None,
    state: TicketState | None = None,
    impact: Impact | None = None,
    assignee: Annotated[
        str | None, Query(pattern=r"^(me|nobody|[1-9][0-9]{0,8})$", description="`me`, `nobody`, or a person's number.")
    ] = None,
    rule: Annotated[str, Query(max_length=80)] = "",
    overdue: Annotated[bool, Query(description="Only those that are unfinished and late.")] = False,
    text: Annotated[str, Query(max_length=200, description="Part of title or rule, or the ticket's number.")] = "",
    opened_in: NightNumber = None,
    reopened_in: NightNumber = None,
    gone_in: NightNumber = None,
    ended_in: NightNumber = None,
) -> TicketFilter:
    """The filter, narrowed to what the caller may reach."""
    platform = wanted_platform(session, caller, slug)
    if section is not None and platform is None:
        raise InvalidInput(_("needs the platform too"), place="section")
    part = section_of(session, platform, section) if platform and section else None
    number = int(assignee) if assignee and assignee.isdecimal() else None
    return TicketFilter(
        platforms=caller.platforms,
        platform_id=platform.id if platform else None,
        section_id=part.id if part else None,
        outside_sections=section == OTHERS,
        group=group or "",
        state=state,
        impact=impact,
        assignee_id=caller.person.id if assignee == "me" else number,
        unassigned=assignee == "nobody",
        rule=rule,
        overdue_on=today() if overdue else None,
        text=text,
        opened_in=opened_in,
        reopened_in=reopened_in,
        gone_in=gone_in,
        ended_in=ended_in,
    )


WantedTickets = Annotated[TicketFilter, Depends(wanted_tickets)]


def sorting(sort: Sort) -> tuple[TicketSort, bool]:
    """By what, and whether descending."""
    return TicketSort(sort.removeprefix("-")), sort.startswith("-")
