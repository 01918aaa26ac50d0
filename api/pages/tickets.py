"""The list of tickets: filtered and sorted by its address, and changed many at a time."""

from collections.abc import Mapping
from dataclasses import replace

from fastapi import Request
from sqlalchemy.orm import Session
from starlette.responses import Response

from accessibility.engine.finding import Impact
from accessibility.ledger.platforms import queries as platforms
from accessibility.ledger.platforms.models import Platform
from accessibility.ledger.sections import queries as sections
from accessibility.ledger.sections.actions import OTHERS
from accessibility.ledger.tickets.rules import GROUPS, TicketState
from accessibility.ledger.tickets.ticket_list import TicketFilter, TicketSort, rules_of_tickets, ticket_list
from api import accessibility_words as words
from api.addresses import with_params
from api.dependencies import Reading
from api.forms import Entered
from api.pages import page_router
from api.pages.access import Reader, keeps_any, visible
from api.paging import WantedPage
from api.rendering import render
from api.ticket_cards import cards
from core.i18n import gettext as _
from core.i18n import today
from core.people import queries as people
from core.people.models import Person

router = page_router()
LIST = "/accessibility/tickets"
NIGHT_FILTERS = ("opened_in", "reopened_in", "gone_in", "ended_in")
LARGEST = 2**31 - 1


@router.get(LIST)
def tickets(request: Request, person: Reader, session: Reading, paging: WantedPage) -> Response:
    """The tickets that the address asks for; those that are not finished when it asks for nothing."""
    params = request.query_params
    among = visible(person)
    everybody = people.people_who_read(session, among)
    all_platforms = platforms.platforms(session, among)
    slugs = {one.slug: one.id for one in all_platforms}
    wanted = filter_of(params, slugs, person)
    wanted, offered = _of_section(session, wanted, params.get("section", ""))
    sort, descending = _sort(params.get("sort", ""))
    found = ticket_list(session, wanted, sort, descending=descending, offset=paging.offset, limit=paging.size)
    return render(
        request,
        "accessibility/tickets.html",
        found=found,
        paging=paging.of(found.total),
        cards=cards(session, [line.ticket for line in found.lines]),
        overdue_on=today(),
        filters=Entered(start={**params, "group": params.get("group", "waiting")}),
        options=_options(all_platforms, everybody, rules_of_tickets(session, among)),
        filtered=any(value for name, value in params.items() if name not in ("sort", "page", "select")),
        offered_sections=offered,
        nights={name: params[name] for name in NIGHT_FILTERS if params.get(name)},
        selected=params.get("select") == "all",
        bulk=Entered(),
        people=[(one.id, one.name) for one in everybody],
        here_without_selection=with_params(request, select=None),
        words=words,
        keeps=keeps_any(person),
    )


def filter_of(params: Mapping[str, str], slugs: Mapping[str, int], person: Person) -> TicketFilter:
    """What the address asks for. A value that cannot be is passed over, except a platform that is not there."""
    slug = params.get("platform", "")
    group = params.get("group", "waiting")
    assignee = params.get("assignee", "")
    return TicketFilter(
        platforms=visible(person),
        platform_id=slugs.get(slug, 0) if slug else None,
        group=group if group in GROUPS else "",
        state=next((state for state in TicketState if state == params.get("state")), None),
        impact=next((impact for impact in Impact if impact == params.get("impact")), None),
        assignee_id=person.id if assignee == "me" else _number(assignee),
        unassigned=assignee == "nobody",
        rule=params.get("rule", ""),
        overdue_on=today() if params.get("overdue") else None,
        text=params.get("text", ""),
        opened_in=_number(params.get("opened_in", "")),
        reopened_in=_number(params.get("reopened_in", "")),
        gone_in=_number(params.get("gone_in", "")),
        ended_in=_number(params.get("ended_in", "")),
    )


def _of_section(session: Session, wanted: TicketFilter, slug: str) -> tuple[TicketFilter, list[tuple[str, object]]]:
    """The filter narrowed to a section of its platform, and the sections there are to choose from."""
    found = sections.sections_of(session, wanted.platform_id) if wanted.platform_id else []
    if not found:
        return wanted, []
    offered: list[tuple[str, object]] = [
        ("", _("All")),
        *((one.slug, one.name) for one in found),
        (OTHERS, _("Everything else")),
    ]
    if slug == OTHERS:
        wanted = replace(wanted, outside_sections=True)
    elif slug:
        wanted = replace(wanted, section_id=next((one.id for one in found if one.slug == slug), 0))
    return wanted, offered


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else None


def _sort(text: str) -> tuple[TicketSort, bool]:
    name = text.removeprefix("-")
    known = next((sort for sort in TicketSort if sort == name), TicketSort.IMPACT)
    return known, text.startswith("-")


def _options(
    all_platforms: list[Platform], everybody: list[Person], all_rules: list[str]
) -> dict[str, list[tuple[str, object]]]:
    """What each filter offers."""
    anything: tuple[str, object] = ("", _("All"))
    return {
        "platform": [anything, *((one.slug, one.name) for one in all_platforms)],
        "group": [
            ("waiting", words.TICKET_GROUPS["waiting"]),
            *_of(words.TICKET_GROUPS, "excepted", "ended"),
            ("all", _("All")),
        ],
        "impact": [anything, *((name, shown.text) for name, shown in words.IMPACTS.items())],
        "assignee": [
            anything,
            ("me", _("Me")),
            ("nobody", _("Nobody")),
            *((str(one.id), one.name) for one in everybody),
        ],
        "rule": [anything, *((rule, rule) for rule in all_rules)],
    }


def _of(names: Mapping[str, object], *keys: str) -> list[tuple[str, object]]:
    return [(key, names[key]) for key in keys]
