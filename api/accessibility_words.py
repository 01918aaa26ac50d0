"""How the words of the audits are said on pages: states, impacts, and why a page was not audited.

A state has always the same shape, colour and word: `Shown.kind` is that of the tags (bad ▲ act now, warn ◆ decide or
look, info ■ for information, good ● all well).
"""

from dataclasses import dataclass

from babel.support import LazyProxy

from accessibility.engine.page import Reason, RowState
from accessibility.engine.wcag import Criterion
from accessibility.ledger.shared.rules import SharedState
from accessibility.ledger.tickets.rules import TicketState
from core.i18n import lazy
from core.people.access import Platforms

Text = LazyProxy | str


@dataclass(frozen=True, slots=True)
class Shown:
    """A state as a tag."""

    kind: str
    text: Text


@dataclass(frozen=True, slots=True)
class Explained:
    """A reason: its name, its meaning, and what a person can do. `settings`: in the platform's settings."""

    name: Text
    meaning: Text
    advice: Text
    settings: bool = False


IMPACTS = {
    "critical": Shown("bad", lazy("Critical")),
    "serious": Shown("warn", lazy("Serious")),
    "moderate": Shown("info", lazy("Moderate")),
    "minor": Shown("info", lazy("Minor")),
}
TICKET_STATES = {
    TicketState.OPEN.value: Shown("warn", lazy("Open")),
    TicketState.IN_PROGRESS.value: Shown("info", lazy("In progress")),
    TicketState.FIXED.value: Shown("info", lazy("Claimed fixed")),
    TicketState.VERIFIED.value: Shown("good", lazy("Proven fixed")),
    TicketState.REOPENED.value: Shown("bad", lazy("Came back")),
    TicketState.ACCEPTED_RISK.value: Shown("info", lazy("Accepted risk")),
    TicketState.FALSE_POSITIVE.value: Shown("info", lazy("False alarm")),
    TicketState.PAGE_REMOVED.value: Shown("info", lazy("Page removed")),
}
TICKET_GROUPS = {
    "waiting": lazy("Not finished"),
    "excepted": lazy("Excepted"),
    "ended": lazy("Ended"),
}
SHARED_STATES = {
    SharedState.REOPENED.value: Shown("bad", lazy("Came back")),
    SharedState.OPEN.value: Shown("warn", lazy("Open")),
    SharedState.IN_PROGRESS.value: Shown("info", lazy("In progress")),
    SharedState.FIXED.value: Shown("info", lazy("Repair claimed")),
    SharedState.EXCEPTED.value: Shown("info", lazy("Excepted")),
    SharedState.VERIFIED.value: Shown("good", lazy("Proven fixed everywhere")),
    SharedState.PAGE_REMOVED.value: Shown("info", lazy("Pages removed")),
    SharedState.ALONE.value: Shown("info", lazy("No platform left")),
}
ROW_STATES = {
    RowState.PENDING.value: Shown("info", lazy("Waiting")),
    RowState.AUDITED.value: Shown("good", lazy("Audited")),
    RowState.PARTLY.value: Shown("warn", lazy("Partly audited")),
    RowState.NOT_AUDITED.value: Shown("bad", lazy("Not audited")),
    RowState.EXCLUDED.value: Shown("info", lazy("Not planned")),
}
VERDICTS = {
    "queued": Shown("info", lazy("Waiting for its turn")),
    "running": Shown("info", lazy("Running")),
    "pass": Shown("good", lazy("Pass")),
    "fail": Shown("bad", lazy("Fail")),
    "inconclusive": Shown("warn", lazy("Inconclusive")),
}
AUDIT_STATES = {
    "queued": Shown("info", lazy("Waiting for its turn")),
    "running": Shown("info", lazy("Running")),
    "done": Shown("good", lazy("Done")),
    "failed": Shown("bad", lazy("Failed")),
    "cancelled": Shown("info", lazy("Cancelled")),
}
PROFILES = {"standard": lazy("Checks of every night"), "deep": lazy("All checks")}
DEEP_ON = {
    "": lazy("Only by hand"),
    "every night": lazy("Every night"),
    "monday": lazy("Mondays"),
    "tuesday": lazy("Tuesdays"),
    "wednesday": lazy("Wednesdays"),
    "thursday": lazy("Thursdays"),
    "friday": lazy("Fridays"),
    "saturday": lazy("Saturdays"),
    "sunday": lazy("Sundays"),
}
TRIGGERS = {"schedule": lazy("By schedule"), "by hand": lazy("By hand")}
JOB_STATES = {
    "claimed": Shown("info", lazy("Waiting for its turn")),
    "running": Shown("info", lazy("Running")),
    "done": Shown("good", lazy("Done")),
    "failed": Shown("bad", lazy("Failed")),
    "skipped": Shown("warn", lazy("Left out")),
}
AUDIT_JOB = "nightly audit: "


def audit_jobs(platforms: Platforms) -> frozenset[str] | None:
    """The jobs that may be told of to who sees these platforms: all of them, or the audits of single ones."""
    return None if platforms is None else frozenset(f"{AUDIT_JOB}{slug}" for slug in platforms)


JOBS = {
    "expire exceptions": lazy("End exceptions whose date has passed"),
    "evidence retention": lazy("Delete old pictures"),
    "planned maintenance": lazy("Make requests of planned maintenance"),
    "guests of requests": lazy("Delete contacts and photos of guests"),
    "clean sign-ins": lazy("Delete ended sign-ins"),
    "overdue tickets": lazy("Tell of overdue tickets"),
    "clean alerts": lazy("Delete old messages"),
    "book snapshots": lazy("Note what is on the books"),
    "room-night forecast": lazy("Forecast room-nights"),
}
HELD = {
    "login broke": lazy("Not judged: the login broke"),
    "site out of order": lazy("Not judged: the site was out of order"),
}

_AGAIN = lazy("Nothing to do now: the next audit tries again. If it stays, tell who runs the site.")
_RUNS_SITE = lazy("Tell who runs the site.")
_NONE = lazy("Nothing to do.")
_LOGIN = lazy("Renew the login in the platform's settings.")

REASONS = {
    Reason.TIMEOUT.value: Explained(
        lazy("Too slow"), lazy("The page did not finish loading in time."), _AGAIN, settings=True
    ),
    Reason.HUNG.value: Explained(
        lazy("Stopped answering"), lazy("A script of the page never came to an end."), _RUNS_SITE
    ),
    Reason.CRASHED.value: Explained(lazy("Crashed"), lazy("The page made the browser's tab crash."), _RUNS_SITE),
    Reason.SERVER_ERROR.value: Explained(
        lazy("Server error"), lazy("The server answered with an error (5xx)."), _AGAIN
    ),
    Reason.CLIENT_ERROR.value: Explained(
        lazy("Refused by the server"),
        lazy("The server refused the page (4xx)."),
        lazy("Check whether this role should see the page; exclude it in the settings if not."),
        settings=True,
    ),
    Reason.NETWORK_ERROR.value: Explained(
        lazy("No answer"), lazy("The name, the connection or the encryption failed."), _AGAIN
    ),
    Reason.REDIRECT_LOOP.value: Explained(
        lazy("Redirects in a circle"), lazy("The page sends its visitors round without end."), _RUNS_SITE
    ),
    Reason.TOO_LARGE.value: Explained(
        lazy("Too large"),
        lazy("The page is larger than the platform's limit."),
        lazy("Raise the limit in the settings, or tell who runs the site."),
        settings=True,
    ),
    Reason.LOGIN_FAILED.value: Explained(
        lazy("Login failed"), lazy("Nobody could be logged in for this role."), _LOGIN, settings=True
    ),
    Reason.LOGIN_LOST.value: Explained(
        lazy("Login lost"), lazy("The session ended, again after a second login."), _LOGIN, settings=True
    ),
    Reason.ADDRESS_REFUSED.value: Explained(
        lazy("Address refused"),
        lazy("The address leads into a private network that is not permitted."),
        lazy("An administrator can permit private addresses for this platform."),
        settings=True,
    ),
    Reason.ROBOTS.value: Explained(
        lazy("Forbidden by robots.txt"),
        lazy("The site asks robots to stay away from the page."),
        lazy("For a site of your own, an administrator can switch this off."),
        settings=True,
    ),
    Reason.PAGE_BUDGET.value: Explained(
        lazy("Over the page budget"),
        lazy("The platform has more pages than its budget allows."),
        lazy("Raise the budget in the settings, or exclude addresses."),
        settings=True,
    ),
    Reason.TIME_LIMIT.value: Explained(
        lazy("Out of time"), lazy("The time for the audit was used up."), _AGAIN
    ),
    Reason.CANCELLED.value: Explained(lazy("Cancelled"), lazy("The audit was stopped."), lazy("Audit again.")),
    Reason.CHECK_FAILED.value: Explained(
        lazy("Check failed"),
        lazy("A check did not come to its end on this page."),
        lazy("The next audit tries again. If it stays, tell your administrator."),
    ),
    Reason.UNREADABLE.value: Explained(
        lazy("Unreadable document"),
        lazy("The document is damaged, wants a password, or is too large to be unpacked."),
        lazy("Ask whoever put it there for a whole one."),
    ),
    Reason.REQUEST_BLOCKED.value: Explained(
        lazy("Request held back"),
        lazy("The page wanted to send something other than GET to the platform, which an audit never does."),
        lazy("If the request only reads, an administrator can list it as harmless."),
        settings=True,
    ),
    Reason.FRAME_NOT_AUDITED.value: Explained(
        lazy("Frame not audited"), lazy("A frame inside the page could not be looked into."), _AGAIN
    ),
    Reason.OVERLAY_NOT_CLOSED.value: Explained(
        lazy("Dialog not closed"), lazy("A dialog hides the page and could not be closed."), _RUNS_SITE
    ),
    Reason.NOT_FOUND.value: Explained(lazy("Not found"), lazy("There is no such page (404)."), _NONE),
    Reason.GONE.value: Explained(lazy("Removed"), lazy("The page was removed (410)."), _NONE),
    Reason.REDIRECTED.value: Explained(
        lazy("Leads to another page"), lazy("The page it leads to is audited on its own."), _NONE
    ),
    Reason.OUT_OF_SCOPE.value: Explained(
        lazy("Leads elsewhere"),
        lazy("The address leads out of the platform."),
        lazy("If it belongs to the platform, add its host in the settings."),
        settings=True,
    ),
    Reason.DUPLICATE.value: Explained(
        lazy("Same content"), lazy("Another address of this audit shows the same content."), _NONE
    ),
    Reason.DOCUMENT.value: Explained(lazy("Document"), lazy("Not a web page but a document."), _NONE),
    Reason.FOLDED.value: Explained(
        lazy("Variant"), lazy("Another language or order of an address that is audited."), _NONE
    ),
    Reason.PATTERN_BUDGET.value: Explained(
        lazy("Enough of this kind"), lazy("Enough addresses of the same pattern are audited."), _NONE, settings=True
    ),
    Reason.TOO_DEEP.value: Explained(
        lazy("Too many clicks away"), lazy("Further from the start pages than the platform's depth."), _NONE,
        settings=True,
    ),
}  # fmt: skip


def reason(name: str) -> Explained:
    """The reason's words; one that this version does not know goes by its own name."""
    return REASONS.get(name) or Explained(name, "", "")


def headline(message: str) -> tuple[str, str]:
    """A finding's message as a heading and the rest: checks say what is required first, then what is wrong here.

    >>> headline("Images must have alternative text. Element has no alt attribute.")
    ('Images must have alternative text', 'Element has no alt attribute.')
    """
    first, _dot, rest = message.strip().partition(". ")
    return (first.rstrip("."), rest.strip()) if first else (message, "")


def understanding(criterion: Criterion) -> str:
    """Where the W3C explains the criterion: its address is made of the criterion's name."""
    return f"https://www.w3.org/WAI/WCAG21/Understanding/{criterion.slug}"
