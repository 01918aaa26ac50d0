"""The bridge from inventory to free rooms, and occupancy with its denominator named. Pure.

inventory − extended closed − out of order − house use = sellable = sold + held + free, all in room-nights.
"""

from dataclasses import dataclass, fields

TERMS = ("inventory", "extended_closed", "out_of_order", "house_use", "sellable", "sold", "held", "free")


@dataclass(frozen=True, slots=True)
class Bridge:
    """Room-nights of a period and cut; beds and guests in bed-nights; revenue in cents.

    Seasonal closures count as extended closed. Out of service takes no night from sale, so it is not a term.
    `held` are rooms of blocks that were contracted and not yet picked up, before their cut-off. `free` is negative
    where more was promised than can be sold.
    """

    inventory: int = 0
    extended_closed: int = 0
    out_of_order: int = 0
    house_use: int = 0
    sold: int = 0
    held: int = 0
    bed_nights: int = 0  # of the inventory
    beds_closed: int = 0  # of rooms that are extended closed
    guest_nights: int = 0
    revenue_cents: int = 0  # also of guests who did not turn up

    @property
    def open_rooms(self) -> int:
        """Room-nights of rooms that are not seasonally or extendedly closed."""
        return self.inventory - self.extended_closed

    @property
    def open_beds(self) -> int:
        """Bed-nights of such rooms."""
        return self.bed_nights - self.beds_closed

    @property
    def sellable(self) -> int:
        """What can be sold: net of closures, out-of-order rooms and house use."""
        return self.open_rooms - self.out_of_order - self.house_use

    @property
    def free(self) -> int:
        """Neither sold nor held."""
        return self.sellable - self.sold - self.held

    @property
    def occupancy(self) -> dict[str, float | None]:
        """Shares, 0 to 1, by denominator; None where there is nothing to fill.

        - `total_inventory`: rooms sold of all rooms (STR's total-room-inventory method).
        - `usali`: of rooms that are not seasonally or extendedly closed (Uniform System of Accounts, 11th edition).
        - `net_sellable`: of rooms that could be sold, which leaves out out-of-order rooms and house use too.
        - `eurostat_bed_places`: guest-nights of bed-nights net of closures (Eurostat, net occupancy of bed places).
        """
        return {
            "total_inventory": _share(self.sold, self.inventory),
            "usali": _share(self.sold, self.open_rooms),
            "net_sellable": _share(self.sold, self.sellable),
            "eurostat_bed_places": _share(self.guest_nights, self.open_beds),
        }

    def __add__(self, other: "Bridge") -> "Bridge":
        return Bridge(*(getattr(self, one.name) + getattr(other, one.name) for one in fields(self)))


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole > 0 else None
