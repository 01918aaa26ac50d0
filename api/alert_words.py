"""How alerts are called on pages: kinds, paces, and the states of messages."""

from accessibility.ledger.alerts.rules import (
    ALERT,
    DIGEST,
    GIVEN_UP,
    REMINDER,
    SENDING,
    SENT,
    TEST,
    WAITING,
    Kind,
    Pace,
)
from api.accessibility_words import Shown
from core.i18n import lazy

KINDS = {
    Kind.NIGHT_FAILED.value: lazy("A night failed"),
    Kind.LOGIN_BROKE.value: lazy("A login broke"),
    Kind.COVERAGE_LOW.value: lazy("Too little could be seen (coverage under the floor)"),
    Kind.CRITICAL_NEW.value: lazy("A critical failure is new or came back"),
    Kind.OVERDUE.value: lazy("A ticket is overdue"),
}
SHORT_KINDS = {
    Kind.NIGHT_FAILED.value: lazy("Failed night"),
    Kind.LOGIN_BROKE.value: lazy("Broken login"),
    Kind.COVERAGE_LOW.value: lazy("Low coverage"),
    Kind.CRITICAL_NEW.value: lazy("New critical failure"),
    Kind.OVERDUE.value: lazy("Overdue ticket"),
}
PACES = {
    Pace.AT_ONCE.value: lazy("At once"),
    Pace.DAILY.value: lazy("In the daily digest"),
    Pace.NEVER.value: lazy("Not at all"),
}
MESSAGE_KINDS = {
    ALERT: lazy("Alert"),
    DIGEST: lazy("Daily digest"),
    REMINDER: lazy("Reminder of works"),
    TEST: lazy("Test"),
}
MESSAGE_STATES = {
    WAITING: Shown("info", lazy("Waiting")),
    SENDING: Shown("info", lazy("Being sent")),
    SENT: Shown("good", lazy("Sent")),
    GIVEN_UP: Shown("bad", lazy("Given up")),
}
FAILING = Shown("warn", lazy("Will be tried again"))
