"""How periods of entries lie to each other and to the period of a report. Pure.

An amount of two years says nothing of one of them: it counts where its whole period lies within what is asked, and
amounts are held against each other only where their periods tile the same days.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from campus.nights import Nights

Tiles = Mapping[Nights, int]  # periods that do not overlap → cents


@dataclass(frozen=True, slots=True)
class Figure:
    """What the entries within a period add up to. `days` are covered of `asked`; `cut` reach beyond the period."""

    cents: int = 0
    days: int = 0
    asked: int = 0
    cut: tuple[Nights, ...] = ()

    @property
    def known(self) -> bool:
        """Whether anything is entered for it."""
        return self.days > 0 or self.cents > 0

    @property
    def complete(self) -> bool:
        """Whether every day is covered."""
        return 0 < self.days == self.asked


@dataclass(frozen=True, slots=True)
class Compared:
    """Two figures over the days that both tile. `spans` are those days, neighbouring ones joined."""

    cents: int
    against: int
    spans: tuple[Nights, ...] = ()

    @property
    def difference(self) -> int:
        """Cents more than what it is held against; below 0 for less."""
        return self.cents - self.against

    @property
    def share(self) -> float | None:
        """The difference as a share of what it is held against; None where that is nothing."""
        return self.difference / self.against if self.against else None


def figure(tiles: Tiles, asked: Nights) -> Figure:
    """The sum of the tiles that lie within a period."""
    inside = within(tiles, [asked])
    cut = sorted((one for one in tiles if one not in inside and len(one.clipped(asked))), key=_first)
    return Figure(sum(inside.values()), sum(map(len, inside)), len(asked), tuple(cut))


def total(figures: Iterable[Figure], asked: int) -> Figure:
    """The sum of several rows over so many days: covered are as many as of the row that has the fewest."""
    every = list(figures)
    cut = sorted({one for figure in every for one in figure.cut}, key=_first)
    days = min((one.days for one in every), default=0)
    return Figure(sum(one.cents for one in every), days, asked, tuple(cut))


def common(tiles: Tiles, others: Tiles) -> dict[Nights, tuple[int, int]]:
    """The shortest periods that tiles of both cover exactly, with both sums of cents."""
    left, right = sorted(tiles, key=_first), sorted(others, key=_first)
    found: dict[Nights, tuple[int, int]] = {}
    while left and right:
        if left[0].first != right[0].first:
            (left if left[0].first < right[0].first else right).pop(0)
            continue
        here, there = _meeting(left, right) or (0, 0)
        if here:
            sums = sum(tiles[one] for one in left[:here]), sum(others[one] for one in right[:there])
            found[Nights(left[0].first, left[here - 1].until)] = sums
        left, right = left[max(1, here) :], right[max(1, there) :]
    return found


def summed(rows: Iterable[Tiles]) -> Tiles:
    """The sums of several rows over the shortest periods that all of them tile; nothing where there are none."""
    every = list(rows)
    found = every[0] if every else {}
    for one in every[1:]:
        found = {span: sum(pair) for span, pair in common(found, one).items()}
    return found


def compared(tiles: Tiles, others: Tiles, spans: Iterable[Nights] | None = None) -> Compared | None:
    """Both sums over the days that both tile, or over these `spans` of them; None where there are none."""
    pairs = common(tiles, others)
    if spans is not None:
        wanted = list(spans)
        pairs = {one: pair for one, pair in pairs.items() if any(_within(one, span) for span in wanted)}
    if not pairs:
        return None
    return Compared(sum(one for one, _other in pairs.values()), sum(one for _one, one in pairs.values()), joined(pairs))


def together(rows: Iterable[Compared | None]) -> Compared | None:
    """The sum of comparisons over the same days; None where one is missing or is of other days."""
    every = list(rows)
    found = [one for one in every if one is not None]
    if not found or len(found) < len(every) or any(one.spans != found[0].spans for one in found):
        return None
    return Compared(sum(one.cents for one in found), sum(one.against for one in found), found[0].spans)


def joined(spans: Iterable[Nights]) -> tuple[Nights, ...]:
    """The same days, neighbouring periods as one."""
    found: list[Nights] = []
    for one in sorted(spans, key=_first):
        if found and found[-1].until == one.first:
            found[-1] = Nights(found[-1].first, one.until)
        else:
            found.append(one)
    return tuple(found)


def within(tiles: Tiles, spans: Iterable[Nights]) -> Tiles:
    """The tiles that lie within one of the spans."""
    wanted = list(spans)
    return {one: cents for one, cents in tiles.items() if any(_within(one, span) for span in wanted)}


def _meeting(left: list[Nights], right: list[Nights]) -> tuple[int, int] | None:
    """How many tiles of each, from the same first day, end on the same last one without a gap."""
    here = there = 1
    while left[here - 1].until != right[there - 1].until:
        behind = left[here - 1].until < right[there - 1].until
        tiles, number = (left, here) if behind else (right, there)
        if number == len(tiles) or tiles[number].first != tiles[number - 1].until:
            return None
        here, there = (here + 1, there) if behind else (here, there + 1)
    return here, there


def _within(one: Nights, span: Nights) -> bool:
    return span.first <= one.first and one.until <= span.until


def _first(one: Nights) -> tuple[date, date]:
    return one.first, one.until
