"""Many sections from a CSV file: first what would change, then all of it or nothing.

The file adds and changes; a section that it does not name stays. The same file a second time changes nothing.
"""

import hashlib
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from accessibility.engine.crawl.scope import Scope
from accessibility.ledger.platforms import recipes
from accessibility.ledger.platforms.models import Platform
from accessibility.ledger.sections import actions, queries
from accessibility.ledger.sections.actions import Wanted
from accessibility.ledger.sections.belonging import find_pages
from accessibility.ledger.sections.csv_file import Fault, FileRow, read
from accessibility.ledger.sections.models import Section
from core.errors import InvalidInput
from core.people import queries as people
from core.people.models import Person

MOST_FAULTS = 100  # told at a time


@dataclass(frozen=True, slots=True)
class Line:
    """What a row of the file would do. `before` is None for a new section; `changed` names the fields that differ."""

    number: int
    wanted: Wanted
    before: Section | None
    changed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """What a file would do. Nothing, as long as it has faults."""

    lines: tuple[Line, ...]
    faults: tuple[Fault, ...]

    @property
    def new(self) -> list[Line]:
        """Sections to add."""
        return [line for line in self.lines if line.before is None]

    @property
    def changed(self) -> list[Line]:
        """Sections to change."""
        return [line for line in self.lines if line.before is not None and line.changed]

    @property
    def same(self) -> int:
        """How many are so already."""
        return len(self.lines) - len(self.new) - len(self.changed)

    @property
    def digest(self) -> str:
        """Stands for what was looked at: another one means that something changed meanwhile."""
        seen = [(line.wanted, line.before.version if line.before else 0) for line in self.lines]
        return hashlib.sha256(repr((seen, self.faults)).encode("utf-8", "replace")).hexdigest()


def plan(session: Session, platform: Platform, text: str) -> Plan:
    """What the file would do to the platform's sections now."""
    rows, faults = read(text)
    present = {section.slug: section for section in queries.sections_of(session, platform.id)}
    persons = {person.email: person for person in people.people_who_read(session, frozenset({platform.slug}))}
    on_platform = Scope(recipes.settings_without_secrets(platform)).on_platform
    lines = []
    for row in rows:
        before = present.get(row.slug)
        try:
            owner_id = _owner(row, persons)
            wanted = actions.checked_with(on_platform, Wanted(row.slug, row.name, row.patterns, owner_id))
        except InvalidInput as error:
            faults.append(Fault(row.line, error.place, error.message))
        else:
            lines.append(Line(row.line, wanted, before, _differing(before, wanted)))
    return Plan(tuple(lines), tuple(sorted(faults, key=lambda fault: fault.line)[:MOST_FAULTS]))


def carry_out(session: Session, platform: Platform, given: Plan, actor: str) -> None:
    """Do what the plan says. Raises `InvalidInput` with every fault when it has any."""
    if given.faults:
        raise InvalidInput("\n  ".join(str(fault) for fault in given.faults))
    moved = []
    for line in given.lines:
        if line.before is None:
            moved.append(actions.create(session, platform, actor, line.wanted, pages_later=True))
        elif line.changed:
            section = actions.change(session, platform, line.before, actor, line.wanted, pages_later=True)
            moved += [section] if "patterns" in line.changed else []
    find_pages(session, platform.id, moved)


def _owner(row: FileRow, persons: dict[str, Person]) -> int | None:
    if not row.owner:
        return None
    person = persons.get(row.owner)
    if person is None or not person.active:
        raise InvalidInput(actions.nobody(row.owner), place="owner")
    return person.id


def _differing(before: Section | None, wanted: Wanted) -> tuple[str, ...]:
    if before is None:
        return actions.FIELDS
    values: dict[str, Any] = {"name": wanted.name, "patterns": list(wanted.patterns), "owner_id": wanted.owner_id}
    return tuple(name for name in actions.FIELDS if getattr(before, name) != values[name])
