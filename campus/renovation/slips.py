"""How far milestones lie from a baseline, how far they moved, what causes a slip and what it pushes. Pure.

All differences are in calendar days of the finish; above 0 is later, None says that there is nothing to compare with.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from campus.renovation import rules
from campus.renovation.network import Key, Placed, Span


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a milestone lies, against a baseline and against what was known before the last report.

    `path` names what makes it late, the cause first and the milestone itself last; empty where it is not late.
    `pushes` are the milestones that are late because of this one.
    """

    key: Key
    placed: Placed
    baseline: Span | None
    slip: int | None
    drift: int | None
    path: tuple[Key, ...]
    pushes: tuple[Key, ...]


@dataclass(frozen=True, slots=True)
class Move:
    """What something would do to a milestone. `driver` is what would then push it, None where its own dates do."""

    key: Key
    before: Span
    after: Span
    driver: Key | None

    @property
    def days(self) -> int:
        """By how much its finish moves."""
        return (self.after.finish - self.before.finish).days


def standings(
    keys: Iterable[Key], placed: Mapping[Key, Placed], baseline: Mapping[Key, Span], before: Mapping[Key, Span]
) -> list[Standing]:
    """How these milestones stand. `placed` and `baseline` hold those of other packages too: they may be the cause."""
    slips = {key: rules.slip(one.span, baseline.get(key), before.get(key)) for key, one in placed.items()}
    days = {key: slip.of_baseline for key, slip in slips.items()}
    paths = {key: late_path(key, placed, days) for key in placed}
    return [
        Standing(
            key,
            placed[key],
            baseline.get(key),
            days[key],
            slips[key].since_last_report,
            paths[key],
            tuple(other for other in placed if other != key and key in paths[other]),
        )
        for key in keys
    ]


def late_path(key: Key, placed: Mapping[Key, Placed], slips: Mapping[Key, int | None]) -> tuple[Key, ...]:
    """What makes a milestone late, the cause first; empty where it is not late.

    The way back along the drivers ends at a milestone that lies where the baseline has it or earlier: what it pushes
    was pushed there in the baseline already. One that no baseline knows can be a cause.
    """
    if (slips[key] or 0) <= 0:
        return ()
    path = [key]
    while (driver := placed[path[0]].driver) is not None and (slips[driver] is None or (slips[driver] or 0) > 0):
        path.insert(0, driver)
    return tuple(path)


def between(first: Mapping[Key, Span], second: Mapping[Key, Span]) -> dict[Key, int]:
    """By how many days each milestone lies later in the second of two baselines, of those that are in both."""
    return {key: (second[key].finish - span.finish).days for key, span in first.items() if key in second}


def moves(before: Mapping[Key, Placed], after: Mapping[Key, Placed], first: Collection[Key] = ()) -> list[Move]:
    """The milestones that lie elsewhere afterwards; `first` come first, then in the order of `before`."""
    moved = [
        Move(key, one.span, after[key].span, after[key].driver)
        for key, one in before.items()
        if after[key].span != one.span
    ]
    return sorted(moved, key=lambda move: move.key not in first)
