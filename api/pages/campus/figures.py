"""Capacity figures as pages show them: the bridge by its terms, and every occupancy with its denominator."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time

from api.charts import Chart, Line
from api.waterfall import Bar
from campus.capacity.bridge import Bridge
from campus.capacity.queries import Cut
from campus.capacity.things import Thing
from campus.nights import Nights
from core.i18n import format_date, format_month, format_number, format_percent, zone
from core.i18n import gettext as _


@dataclass(frozen=True, slots=True)
class Step:
    """A line of the bridge. `less` is taken away; `measures` names the occupancy that has it as its denominator."""

    title: str
    value: int
    less: bool = False
    measures: str = ""
    result: bool = False


@dataclass(frozen=True, slots=True)
class Occupancy:
    """An occupancy with its denominator. `share` is None where there is nothing to fill."""

    name: str
    measured_against: str
    part: int
    whole: int
    share: float | None


def cuts() -> dict[Cut, str]:
    """What a report can be parted by, in the visitor's words."""
    return {
        Cut.WHOLE: _("Nothing: the whole"),
        Cut.PAVILION: _("Pavilion"),
        Cut.ROOM_TYPE: _("Room type"),
        Cut.SEGMENT: _("Segment"),
        Cut.PARTY: _("Party"),
    }


def steps(bridge: Bridge) -> list[Step]:
    """From all rooms to the free ones, in room-nights."""
    return [
        Step(_("Inventory: all rooms"), bridge.inventory, measures=_("total inventory"), result=True),
        Step(_("Closed for a season or for works"), bridge.extended_closed, less=True),
        Step(_("Rooms that are not closed"), bridge.open_rooms, measures=_("USALI"), result=True),
        Step(_("Out of order"), bridge.out_of_order, less=True),
        Step(_("House use"), bridge.house_use, less=True),
        Step(_("Sellable"), bridge.sellable, measures=_("net sellable"), result=True),
        Step(_("Sold"), bridge.sold),
        Step(_("Held for groups"), bridge.held),
        Step(_("Free"), bridge.free),
    ]


def bed_steps(bridge: Bridge) -> list[Step]:
    """From all beds to those that count, in bed-nights."""
    return [
        Step(_("All beds"), bridge.bed_nights, result=True),
        Step(_("Beds of closed rooms"), bridge.beds_closed, less=True),
        Step(_("Bed places that are not closed"), bridge.open_beds, measures=_("Eurostat bed places"), result=True),
        Step(_("Guest-nights"), bridge.guest_nights),
    ]


def occupancy(bridge: Bridge) -> list[Occupancy]:
    """Every occupancy, each with its denominator."""
    shares = bridge.occupancy
    return [
        Occupancy(_("Total inventory"), _("all rooms"), bridge.sold, bridge.inventory, shares["total_inventory"]),
        Occupancy(_("USALI"), _("rooms that are not closed"), bridge.sold, bridge.open_rooms, shares["usali"]),
        Occupancy(_("Net sellable"), _("rooms that can be sold"), bridge.sold, bridge.sellable, shares["net_sellable"]),
        Occupancy(
            _("Eurostat bed places"),
            _("guest-nights of bed places that are not closed"),
            bridge.guest_nights,
            bridge.open_beds,
            shares["eurostat_bed_places"],
        ),
    ]


def bars(bridge: Bridge) -> tuple[Bar, ...]:
    """The bridge as a picture."""
    ends = [bridge.inventory, bridge.open_rooms, bridge.open_rooms - bridge.out_of_order, bridge.sellable]
    taken = (bridge.extended_closed, bridge.out_of_order, bridge.house_use)
    names = (_("Closed"), _("Out of order"), _("House use"))
    less = [
        Bar(name, end, before, f"−{format_number(value)}" if value else format_number(0))
        for name, value, before, end in zip(names, taken, ends, ends[1:], strict=False)
    ]
    sold_and_held = bridge.sold + bridge.held
    return (
        Bar(_("Inventory"), 0, bridge.inventory, format_number(bridge.inventory), "whole"),
        *less,
        Bar(_("Sellable"), 0, bridge.sellable, format_number(bridge.sellable), "whole"),
        Bar(_("Sold"), 0, bridge.sold, format_number(bridge.sold), "sold"),
        Bar(_("Held"), bridge.sold, sold_and_held, format_number(bridge.held), "held"),
        Bar(_("Free"), sold_and_held, bridge.sellable, format_number(bridge.free)),
    )


def bridge_said(bridge: Bridge) -> str:
    """The bridge in a sentence."""
    return _(
        "Of %(inventory)s room-nights %(sellable)s can be sold; %(sold)s are sold, %(held)s held and %(free)s free.",
        **{name: format_number(getattr(bridge, name)) for name in ("inventory", "sellable", "sold", "held", "free")},
    )


def demand_said(bridge: Bridge) -> str:
    """What a segment or a party takes, in a sentence."""
    return _(
        "%(sold)s room-nights are sold and %(held)s held, with %(guests)s guest-nights.",
        sold=format_number(bridge.sold),
        held=format_number(bridge.held),
        guests=format_number(bridge.guest_nights),
    )


def period_name(nights: Nights, span: Nights) -> str:
    """A month, a year, or the days of a part of one."""
    month = Nights(nights.first, nights.until).months()
    if len(month) == 1 and nights.first.day == 1 and nights.until.day == 1:
        return format_month(nights.first)
    if nights == Nights.year(nights.first.year) and nights != span:
        return str(nights.first.year)
    last = nights.until.fromordinal(nights.until.toordinal() - 1)
    if last == nights.first:
        return format_date(last)
    return _("%(first)s to %(last)s", first=format_date(nights.first), last=format_date(last))


def occupancy_chart(months: Sequence[tuple[Nights, Bridge]]) -> Chart:
    """Two occupancies in per cent, step by step."""
    middles = [nights.first + (nights.until - nights.first) / 2 for nights, _bridge in months]
    shares = [bridge.occupancy for _nights, bridge in months]
    lines = (("net_sellable", _("Net sellable")), ("total_inventory", _("Total inventory")))
    return Chart(
        tuple(datetime.combine(day, time(12), zone()) for day in middles),
        tuple(Line(title, tuple(_per_cent(share[name]) for share in shares)) for name, title in lines),
    )


def occupancy_said(months: Sequence[tuple[Nights, Bridge]], span: Nights) -> str:
    """The busiest and the quietest step in a sentence; empty where nothing can be sold."""
    known = [(bridge.occupancy["net_sellable"], nights) for nights, bridge in months]
    shares = sorted((share, nights.first, nights) for share, nights in known if share is not None)
    if not shares:
        return ""
    (low, _first, quiet), (high, _last, busy) = shares[0], shares[-1]
    if low == high:
        return _("Measured against what can be sold, it is %(share)s throughout.", share=format_percent(low))
    return _(
        "Measured against what can be sold, %(busy)s is the fullest with %(high)s, and %(quiet)s the emptiest with "
        "%(low)s.",
        busy=period_name(busy, span),
        high=format_percent(high),
        quiet=period_name(quiet, span),
        low=format_percent(low),
    )


def named(things: Sequence[Thing], found: Mapping[int | None, Bridge], cut: Cut) -> list[tuple[str, Bridge]]:
    """Each thing of a cut that anything is told of, by name; what belongs to none comes last."""
    lines = [(one.name, found[one.id]) for one in things if one.id in found]
    rest = found.get(None)
    if rest and cut is Cut.PAVILION:
        lines.append((_("Held, no room chosen yet"), rest))
    elif rest and cut in (Cut.SEGMENT, Cut.PARTY) and (rest.sold or rest.held):
        lines.append((_("Without one"), rest))
    return lines


def _per_cent(share: float | None) -> float | None:
    return None if share is None else round(100 * share, 1)
