"""Prints of capacity reports: which were kept, and each beside the same report, replayed as known at its instant."""

from collections.abc import Mapping
from datetime import date

from fastapi import Request
from starlette.responses import Response

from api import actors
from api.dependencies import Id, Reading
from api.pages import page_router
from api.pages.campus import figures
from api.pages.campus.access import Reader
from api.paging import WantedPage
from api.rendering import render
from campus.capacity import prints, things
from campus.capacity.bridge import Bridge
from campus.capacity.models import CapacityPrint
from campus.capacity.prints import Difference
from campus.capacity.report import steps_of
from campus.nights import Nights
from core.i18n import format_date, format_list, lazy
from core.i18n import gettext as _

router = page_router()
PAGE = "/rooms/prints"
ONE = f"{PAGE}/{{print_id}}"
FIGURES = {
    "inventory": lazy("Inventory"),
    "extended_closed": lazy("Closed"),
    "out_of_order": lazy("Out of order"),
    "house_use": lazy("House use"),
    "sold": lazy("Sold"),
    "held": lazy("Held"),
    "bed_nights": lazy("Bed-nights"),
    "beds_closed": lazy("Beds of closed rooms"),
    "guest_nights": lazy("Guest-nights"),
    "revenue_cents": lazy("Revenue (cents)"),
}


@router.get(PAGE)
def list_prints(request: Request, _person: Reader, session: Reading, part: WantedPage) -> Response:
    """Every print, the newest first."""
    found, total = prints.prints(session, offset=part.offset, limit=part.size)
    names = actors.names(session)
    lines = [(one, _period(one), names.get(one.made_by, one.made_by)) for one in found]
    return render(request, "rooms/prints.html", lines=lines, pages_of_list=part.of(total), total=total)


@router.get(ONE)
def show_print(request: Request, _person: Reader, session: Reading, print_id: Id) -> Response:
    """What was printed, and whether the books still say so."""
    kept = prints.get(session, print_id)
    cut, span = kept.asked.cut, kept.asked.nights
    found = {int(key) if key else None: Bridge(**values) for key, values in kept.content["things"].items()}
    total = Bridge(**kept.content["total"])
    by_first = kept.content["steps"]
    months = [(nights, Bridge(**by_first[nights.first.isoformat()])) for nights in steps_of(span)]
    cut_things = things.things_of(session, cut)
    labels = {str(one.id): one.name for one in cut_things}
    return render(
        request,
        "rooms/print.html",
        kept=kept,
        period=_period(kept),
        by=actors.names(session).get(kept.made_by, kept.made_by),
        narrowed=format_list(things.names_in(session, kept.asked.only)),
        differences=[_told(one, labels) for one in prints.replay(session, kept)],
        total=total,
        of_demand=kept.asked.only.of_demand,
        steps=figures.steps(total),
        bed_steps=figures.bed_steps(total),
        occupancy=figures.occupancy(total),
        months=[(figures.period_name(nights, span), bridge) for nights, bridge in months],
        cut=cut,
        thing=figures.cuts()[cut],
        things=figures.named(cut_things, found, cut),
        of_rooms=cut in things.OF_ROOMS and not kept.asked.only.of_demand,
    )


def _period(kept: CapacityPrint) -> str:
    nights = kept.asked.nights
    return figures.period_name(nights, Nights(nights.first, nights.first))


def _told(one: Difference, names: Mapping[str, str]) -> tuple[str, str, int, int]:
    """Where a figure stands, what it is, what was printed and what the replay says."""
    match one.section:
        case "steps":
            place = _("From %(day)s on", day=format_date(date.fromisoformat(one.key)))
        case "things":
            place = names.get(one.key, _("Without one"))
        case "over":
            place = _("Nights that were over")
        case _:
            place = _("Together")
    return place, str(FIGURES.get(one.figure, one.figure)), one.printed, one.replayed
