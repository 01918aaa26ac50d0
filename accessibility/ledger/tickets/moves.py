"""A component's key can move when a template is rebuilt. Pure: which new component is an old one under a new name."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Sighting:
    """A component and where it was seen: tonight if it is new, last if it went clean tonight for the first time."""

    component_id: int
    check: str
    rule: str
    places: frozenset[tuple[int, str]]  # (page id, selector of the first element)
    html: str = ""
    name: str = ""

    @property
    def pages(self) -> frozenset[int]:
        """Ids of the pages."""
        return frozenset(page for page, _ in self.places)


def moved_from(new: Sighting, vanished: Iterable[Sighting]) -> Sighting | None:
    """The one vanished component that the new one continues; None when there is none, or more than one."""
    candidates = [old for old in vanished if _continues(new, old)]
    return candidates[0] if len(candidates) == 1 else None


def moves(appeared: Sequence[Sighting], vanished: Sequence[Sighting]) -> dict[int, int]:
    """New component's id to old component's id. When two new ones claim the same old one, neither gets it."""
    found = {new.component_id: old.component_id for new in appeared if (old := moved_from(new, vanished))}
    claimed = list(found.values())
    return {new: old for new, old in found.items() if claimed.count(old) == 1}


def _continues(new: Sighting, old: Sighting) -> bool:
    """The same rule on a page of both, and the same element by selector, HTML or accessible name."""
    if (new.check, new.rule) != (old.check, old.rule) or new.pages.isdisjoint(old.pages):
        return False
    return (
        not new.places.isdisjoint(old.places)
        or (new.html != "" and new.html == old.html)
        or (new.name != "" and new.name == old.name)
    )
