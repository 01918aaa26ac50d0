"""What mails say: what to do first, in words, with nothing invisible in a subject."""

from collections.abc import Callable
from typing import Any

import pytest

from accessibility.ledger.alerts.letter import letter
from accessibility.ledger.alerts.rules import Kind
from accessibility.ledger.alerts.wording import notice
from tests.core.test_mail import use
from tests.mail_server import MailServer

TICKET = {"number": 7, "title": "Images must have alternative text", "due": "2026-11-20"}


@pytest.mark.parametrize(
    ("kind", "facts", "todo", "why"),
    [
        (Kind.NIGHT_FAILED, {"audit": 3}, "Look into the failed night of Learn", "Audit 3 failed, and no ticket"),
        (
            Kind.LOGIN_BROKE,
            {"audit": 3, "roles": ["student", "teacher"]},
            "Mend the login of Learn",
            "The logins of the roles student and teacher broke in audit 3.",
        ),
        (
            Kind.COVERAGE_LOW,
            {"audit": 3, "planned": 1000, "audited": 949, "floor": 0.95},
            "Find out why Learn could not be seen",
            "Audit 3 saw 94.9% of what was planned; the floor is 95%.",
        ),
        (
            Kind.COVERAGE_LOW,
            {"audit": 3, "planned": 0, "audited": 0, "floor": 0.95},
            "Find out why Learn could not be seen",
            "Audit 3 found no page at all.",
        ),
        (
            Kind.CRITICAL_NEW,
            {"audit": 3, "count": 12, "tickets": [TICKET] * 10},
            "Repair 12 critical failures on Learn",
            "They are new since audit 3, or came back.",
        ),
        (
            Kind.OVERDUE,
            {"count": 1, "tickets": [TICKET]},
            "Finish an overdue ticket of Learn, or give it another date",
            "Its due date has passed.",
        ),
    ],
)
def test_every_occasion_says_what_to_do_and_why(kind: Kind, facts: dict[str, Any], todo: str, why: str) -> None:
    said = notice(kind, facts, "learn", "Learn")
    assert said.todo == todo
    assert said.why.startswith(why)
    assert said.path.startswith("/accessibility/")
    assert len(said.lines) + said.more == facts.get("count", 0)


def test_a_ticket_is_named_with_its_number_its_day_and_its_page() -> None:
    (line,) = notice(Kind.OVERDUE, {"count": 1, "tickets": [TICKET]}, "learn", "Learn").lines
    assert line.text == "Ticket 7, due 20 Nov 2026: Images must have alternative text"
    assert line.path == "/accessibility/tickets/learn/7"


def test_a_name_cannot_break_out_of_the_subject(configure: Callable[..., None]) -> None:
    use(MailServer(), configure)
    name = "Learn\r\nBcc: everybody@example.org\u202e\u200b"
    mail = letter(
        "uid", "alert", "Sample\u200blead", "lead@example.org", [notice("night failed", {"audit": 1}, "a", name)]
    )
    assert mail["Bcc"] is None
    assert mail["Subject"] == "Look into the failed night of Learn Bcc: everybody@example.org"


def test_a_digest_begins_with_the_most_urgent_and_counts_the_rest(configure: Callable[..., None]) -> None:
    use(MailServer(), configure)
    notices = [notice(Kind.NIGHT_FAILED, {"audit": n}, "learn", "Learn") for n in range(3)]
    mail = letter("uid", "digest", "Sample lead", "lead@example.org", notices)
    assert mail["Subject"] == "Today: Look into the failed night of Learn, and 2 things more"
    text = mail.get_body(("plain",))
    assert text is not None
    assert text.get_content().startswith("What happened since the last digest.")
