"""What gives cause to tell somebody, who that is, and that nobody is told twice."""

from collections.abc import Callable
from datetime import timedelta

import pytest
import sqlalchemy as sa

from accessibility.engine.finding import Impact
from accessibility.engine.page import Reason
from accessibility.ledger.alerts import actions, occasions
from accessibility.ledger.alerts.models import Message, MessageItem, Occasion
from accessibility.ledger.alerts.rules import Kind, Pace
from accessibility.ledger.audits import actions as audits
from accessibility.ledger.platforms.models import Platform
from accessibility.ledger.tickets.models import Ticket
from core import trail
from core.people.models import Person
from tests.accessibility.ledger.nights import COURSE, HOME, Nights, audited, not_audited, problem

CRITICAL = {"impact": Impact.CRITICAL}


@pytest.fixture(autouse=True)
def _mail_is_set_up(configure: Callable[..., None]) -> None:
    configure(smtp_host="127.0.0.1", mail_sender="campus@example.org")


def told(nights: Nights) -> list[tuple[str, dict[str, object]]]:
    """Kind and facts of every occasion."""
    with nights.database.read() as session:
        return [(one.kind, one.facts) for one in session.scalars(sa.select(Occasion).order_by(Occasion.id))]


def readers(nights: Nights) -> list[tuple[str, str, str]]:
    """Name of the recipient, kind of message, kind of occasion, of every item."""
    query = (
        sa.select(Person.name, Message.kind, Occasion.kind)
        .select_from(MessageItem)
        .join(Message, Message.id == MessageItem.message_id)
        .join(Occasion, Occasion.id == MessageItem.occasion_id)
        .join(Person, Person.id == Message.person_id)
        .order_by(MessageItem.id)
    )
    with nights.database.read() as session:
        return [(name, kind, occasion) for name, kind, occasion in session.execute(query)]


def fail_a_night(nights: Nights) -> None:
    audit = nights.begin()
    with nights.database.write() as session:
        audits.fail(session, audit.id, "no browser")


def choose(nights: Nights, person: Person, pace: Pace, *kinds: Kind) -> None:
    with nights.database.write() as session:
        platform = session.get_one(Platform, nights.platform_id)
        actions.choose(session, f"person:{person.id}", person, platform, pace=pace, kinds=kinds)


def test_a_night_in_order_gives_no_cause(nights: Nights) -> None:
    nights.run(audited(HOME, problem()))
    assert told(nights) == []


def test_a_night_that_failed_gives_cause_without_its_error(nights: Nights) -> None:
    fail_a_night(nights)
    assert told(nights) == [("night failed", {"audit": 1})]


def test_a_broken_login_is_told_with_its_roles(nights: Nights) -> None:
    nights.run(audited(HOME), audited(COURSE), not_audited(HOME, Reason.LOGIN_FAILED, role="student"))
    assert told(nights) == [("login broke", {"audit": 1, "roles": ["student"]})]


def test_a_night_under_the_floor_is_told_with_its_figures(nights: Nights) -> None:
    nights.run(audited(HOME), *(not_audited(f"{HOME}{n}", Reason.PAGE_BUDGET) for n in range(3)))
    assert told(nights) == [("coverage low", {"audit": 1, "planned": 4, "audited": 1, "floor": 0.5})]


def test_a_critical_failure_is_told_when_it_is_new_and_when_it_comes_back(nights: Nights) -> None:
    seen, gone = audited(HOME, problem(**CRITICAL), problem("serious")), audited(HOME, problem("serious"))
    for night in (seen, seen, gone, gone, seen):
        nights.run(night)
    assert [(kind, facts["audit"], facts["count"]) for kind, facts in told(nights)] == [
        ("critical new", 1, 1),
        ("critical new", 5, 1),
    ]


def test_of_many_critical_failures_ten_are_named_and_all_counted(nights: Nights) -> None:
    nights.run(audited(HOME, *(problem(f"c{n}", **CRITICAL) for n in range(12))))
    ((_kind, facts),) = told(nights)
    assert facts["count"] == 12
    assert [ticket["number"] for ticket in facts["tickets"]] == list(range(1, 11))  # type: ignore[attr-defined]


def tell_of_overdue(nights: Nights) -> int:
    with nights.database.write() as session:
        return occasions.tickets_overdue(session, nights.time.date())


def test_an_overdue_ticket_is_told_once_for_each_due_date(nights: Nights) -> None:
    nights.run(audited(HOME, problem()))
    due = nights.ticket.due
    assert due is not None
    nights.time += timedelta(days=30)
    assert (nights.time.date(), tell_of_overdue(nights)) == (due, 0), "the day itself is not over"
    nights.time += timedelta(days=1)
    assert [tell_of_overdue(nights), tell_of_overdue(nights)] == [1, 0]
    with nights.database.write() as session:
        session.scalars(sa.select(Ticket)).one().due = nights.time.date() + timedelta(days=5)
    nights.time += timedelta(days=6)
    assert [tell_of_overdue(nights), tell_of_overdue(nights)] == [1, 0]


def test_tickets_that_are_overdue_on_the_same_day_are_one_occasion_of_their_platform(nights: Nights) -> None:
    nights.run(audited(HOME, problem("a"), problem("b"), problem("c")))
    with nights.database.write() as session:
        first = session.scalars(sa.select(Ticket).order_by(Ticket.id)).first()
        assert first is not None
        first.state = "verified"
    nights.time += timedelta(days=40)
    assert tell_of_overdue(nights) == 2
    assert [(kind, facts["count"]) for kind, facts in told(nights)] == [("overdue", 2)]


def test_tickets_of_a_paused_platform_and_excepted_ones_are_not_overdue(nights: Nights) -> None:
    nights.run(audited(HOME, problem("a"), problem("b")))
    with nights.database.write() as session:
        first = session.scalars(sa.select(Ticket).order_by(Ticket.id)).first()
        assert first is not None
        first.state = "accepted risk"
    nights.time += timedelta(days=40)
    with nights.database.write() as session:
        session.get_one(Platform, nights.platform_id).active = False
    assert tell_of_overdue(nights) == 0
    with nights.database.write() as session:
        session.get_one(Platform, nights.platform_id).active = True
    assert tell_of_overdue(nights) == 1


def test_leads_and_the_owner_are_told_by_default_and_others_are_not(nights: Nights) -> None:
    nights.person("lead")
    nights.person("viewer", "viewer")
    nights.person("admin", "admin")
    nights.person("owner", "viewer")
    nights.person("gone")
    with nights.database.write() as session:
        session.get_one(Platform, nights.platform_id).settings = {"owner": "Owner@example.org"}
        session.scalars(sa.select(Person).where(Person.name == "Sample gone")).one().active = False
    fail_a_night(nights)
    assert readers(nights) == [
        ("Sample lead", "alert", "night failed"),
        ("Sample owner", "alert", "night failed"),
    ]


def test_a_choice_counts_for_its_platform_and_its_kinds_only(nights: Nights) -> None:
    choose(nights, nights.person("quiet"), Pace.NEVER)
    choose(nights, nights.person("viewer", "viewer"), Pace.AT_ONCE, Kind.NIGHT_FAILED)
    choose(nights, nights.person("other"), Pace.AT_ONCE, Kind.OVERDUE)
    fail_a_night(nights)
    assert [name for name, _kind, _occasion in readers(nights)] == ["Sample viewer"]


def test_a_choice_is_kept_in_the_trail_and_nothing_when_it_is_the_same(nights: Nights) -> None:
    person = nights.person()
    for _ in range(2):
        choose(nights, person, Pace.DAILY, Kind.OVERDUE)
    with nights.database.read() as session:
        (entry,) = trail.entries(session, "platform")
    assert (entry.actor, entry.action, entry.after) == (
        f"person:{person.id}",
        "alert.choose",
        {"person": person.id, "pace": "daily", "kinds": ["overdue"]},
    )


def test_an_occasion_that_is_noted_again_tells_nobody_again(nights: Nights) -> None:
    nights.person()
    for _ in range(2):
        with nights.database.write() as session:
            occasions.note(session, "sample key", Kind.NIGHT_FAILED, nights.platform_id, {"audit": 1})
    assert len(readers(nights)) == 1


def test_the_database_itself_forbids_to_tell_a_person_of_an_occasion_twice(nights: Nights) -> None:
    nights.person()
    fail_a_night(nights)
    with nights.database.read() as session:
        item = session.scalars(sa.select(MessageItem)).one()
        session.add(MessageItem(message_id=item.message_id, occasion_id=item.occasion_id, person_id=item.person_id))
        with pytest.raises(sa.exc.IntegrityError):
            session.flush()


def test_when_the_night_is_rolled_back_so_is_what_would_have_been_told(nights: Nights) -> None:
    nights.person()
    audit = nights.begin()

    with nights.database.read() as session:  # ends with a rollback
        audits.fail(session, audit.id, "no browser")
        assert session.scalar(sa.select(sa.func.count()).select_from(MessageItem)) == 1
    assert told(nights) == []
    assert readers(nights) == []


def test_the_digest_gathers_the_day_until_its_hour_where_the_person_is(nights: Nights) -> None:
    person = nights.person()
    choose(nights, person, Pace.DAILY, *Kind)
    with nights.database.write() as session:
        actions.set_digest_time(session, "sample", person.id, hour=7, zone="Asia/Kathmandu")
    fail_a_night(nights)
    nights.time += timedelta(minutes=10)
    fail_a_night(nights)
    with nights.database.read() as session:
        (message,) = session.scalars(sa.select(Message))
    assert message.due_at.isoformat() == "2026-11-01T01:15:00+00:00", "7 o'clock in Nepal"
    assert len(readers(nights)) == 2
    with nights.database.write() as session:
        actions.set_digest_time(session, "sample", person.id, hour=8, zone="")
    with nights.database.read() as session:
        (message,) = session.scalars(sa.select(Message))
    assert message.due_at.isoformat() == "2026-11-01T07:00:00+00:00", "it follows the choice; 8 o'clock at the campus"
