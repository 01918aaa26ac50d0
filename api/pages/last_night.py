"""Last night: one screen answers "do I have to act?"."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from fastapi import Request
from starlette.responses import Response

from accessibility.ledger.audits import nights
from accessibility.ledger.audits.models import Audit
from accessibility.ledger.audits.nights import Night
from accessibility.ledger.sections import queries as sections
from accessibility.ledger.shared import queries as shared
from api import accessibility_words as words
from api.accessibility_words import Shown
from api.dependencies import Reading
from api.pages import page_router
from api.pages.access import Reader, keeps, sees_all, visible
from api.pages.plans import latest_planned
from api.rendering import render
from api.ticket_cards import cards
from core import clock
from core.i18n import gettext as _
from core.i18n import lazy, ngettext

router = page_router()
EACH = 5  # tickets shown of each platform; the rest is one click away
GRACE = timedelta(hours=3)  # so long a planned audit may wait for its turn before the night counts as missed


@dataclass(frozen=True, slots=True)
class Line:
    """A platform on the page. `trouble` says in a sentence why the night could not be judged."""

    night: Night
    state: Shown
    trouble: str = ""

    @property
    def needs_you(self) -> bool:
        """Whether somebody has to act or decide."""
        return self.state.kind in ("bad", "warn")


@router.get("/accessibility/last-night")
def last_night(request: Request, person: Reader, session: Reading) -> Response:
    """What every platform's last audit found, the platforms that need somebody first."""
    now = clock.now()
    found = nights.nights(session, visible(person))
    lines = sorted(
        (line_of(night, now) for night in found),
        key=lambda line: ("bad", "warn").index(line.state.kind) if line.needs_you else 2,
    )
    tickets = nights.night_tickets(session, found, EACH)
    return render(
        request,
        "accessibility/last_night.html",
        lines=lines,
        needing=sum(line.needs_you for line in lines),
        begun=min((night.audit.started_at for night in found if night.audit and night.audit.started_at), default=None),
        ended=max((night.audit.ended_at for night in found if night.audit and night.audit.ended_at), default=None),
        cards=cards(session, [ticket for some in tickets.values() for ticket in some]),
        tickets=tickets,
        with_sections=sections.platforms_with_sections(session),
        shared=shared.waiting_count(session) if sees_all(person) else 0,
        gaps=_gaps(lines),
        words=words,
        keeps=partial(keeps, person),
    )


def line_of(night: Night, now: datetime) -> Line:
    """The state of a platform after its night. Failure is never read as success: what could not be judged says so."""
    audit = night.audit
    missed = _missed(night, now)
    if audit is None:
        return Line(night, Shown("warn", lazy("Missed")), missed) if missed else Line(night, _NEVER)
    if missed:
        return Line(night, Shown("bad", lazy("Not audited")), missed)
    if audit.state == "failed":
        trouble = _("The audit ended with an error, so nothing of it counts: %(error)s", error=audit.error)
        return Line(night, Shown("bad", lazy("Audit failed")), trouble)
    if audit.held:
        return Line(night, Shown("bad", words.HELD[audit.held]), _held_trouble(audit))
    if not audit.floor_met:
        trouble = _("Fewer pages could be audited than the coverage floor asks for, so there is no score.")
        return Line(night, Shown("warn", lazy("Not judged: too few pages")), trouble)
    return Line(night, _state_of_tickets(night, audit))


_NEVER = Shown("info", lazy("Not audited yet"))


def _state_of_tickets(night: Night, audit: Audit) -> Shown:
    open_now = night.unattended
    if open_now.critical:
        return Shown("bad", ngettext("New critical failure", "%(n)s new critical failures", open_now.critical))
    if open_now.reopened:
        return Shown("bad", ngettext("One came back", "%(n)s came back", open_now.reopened))
    if open_now.new:
        return Shown("warn", ngettext("One new failure", "%(n)s new failures", open_now.new))
    if audit.new or audit.reopened:
        return Shown("good", lazy("All taken care of"))
    return Shown("good", lazy("Nothing new"))


def _held_trouble(audit: Audit) -> str:
    if audit.held_roles:
        who = ", ".join(audit.held_roles)
        return _("The login broke (%(roles)s). No ticket was changed; earlier findings stay as they were.", roles=who)
    return _(
        "Only %(audited)s of %(planned)s pages answered. No ticket was changed; earlier findings stay as they were.",
        audited=audit.audited,
        planned=audit.planned,
    )


def _missed(night: Night, now: datetime) -> str:
    """A sentence when the planned audit of the night did not take place; empty when all is well."""
    planned = latest_planned(night.platform, now - GRACE)
    if planned is None or night.running is not None:
        return ""
    if night.audit is not None and night.audit.queued_at >= planned - timedelta(minutes=5):
        return ""
    return _("The audit that was planned did not take place. Is the worker running?")


def _gaps(lines: Sequence[Line]) -> list[dict[str, Any]]:
    """What was not audited, and why: a row per platform and reason, the most pages first."""
    gaps = [
        {"line": line, "reason": reason, "rows": rows, "words": words.reason(reason)}
        for line in lines
        if line.night.audit is not None
        for reason, rows in line.night.audit.not_covered.items()
    ]
    return sorted(gaps, key=lambda gap: -gap["rows"])
