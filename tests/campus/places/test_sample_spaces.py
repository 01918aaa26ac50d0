"""Sample spaces: the same for the same seed, one occupant at a time on any day as known on any day."""

from datetime import date
from itertools import pairwise

import sqlalchemy as sa

from campus.places import queries
from campus.places.models import Event, Party, Pavilion, Segment, Space
from campus.sample import plan
from campus.sample.spaces import spaces, write_spaces, write_webinars
from core.database import Database

TODAY = date(2026, 11, 1)


def test_the_same_seed_gives_the_same_spaces_and_another_one_others() -> None:
    assert list(spaces(1964, TODAY)) == list(spaces(1964, TODAY))
    assert list(spaces(1964, TODAY)) != list(spaces(1965, TODAY))


def test_each_space_has_one_occupant_at_a_time_and_some_leave_earlier_than_was_known(
    sqlite_database: Database,
) -> None:
    with sqlite_database.write() as session:
        things: dict[type[Pavilion | Party | Segment], dict[str, int]] = {}
        for table, rows in (
            (Pavilion, [{"slug": f"p{i}", "name": one.name, "uses": []} for i, one in enumerate(plan.PAVILIONS)]),
            (Party, [{"slug": slug, "name": slug, "kind": kind} for slug, _name, kind in plan.PARTIES]),
            (Segment, [{"slug": one.slug, "name": one.slug} for one in plan.SEGMENTS]),
        ):
            made = [table(**row) for row in rows]
            session.add_all(made)
            session.flush()
            things[table] = {one.name: one.id for one in made}
        number = write_spaces(session, 1964, TODAY, things[Pavilion], things[Party])
        events = write_webinars(session, 1964, TODAY, things[Segment], things[Party])
        found = list(session.scalars(sa.select(Space.id)))
        assert (len(found), session.scalar(sa.select(sa.func.count()).select_from(Event))) == (number, events)
        replaced = 0
        for space in found:
            uses = queries.uses(session, space)
            assert all(one.until and one.until <= other.first for one, other in pairwise(uses))
            replaced += sum(one.superseded_at is not None for one in queries.use_versions(session, space))
        assert replaced > 5
