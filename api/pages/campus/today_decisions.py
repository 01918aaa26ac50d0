"""What waits for a decision, in words and with the page where it is decided."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from textwrap import shorten

from api.count_words import difference, named
from api.improvement_words import NEEDS
from api.pages.campus.counts_night import CHART, LIST
from api.request_words import KINDS
from campus.amounts import euros
from campus.counts.queries import CountLine
from campus.decisions import Decisions
from campus.feedback.cases.rules import is_overdue
from campus.improvement.reminders import words as improvement
from campus.renovation.reminders import words
from campus.renovation.reminders.rules import Kind
from campus.requests.rules import State
from core.i18n import format_date, format_list, format_month, format_number, ngettext, today
from core.i18n import gettext as _

MOST = 5  # of a kind; the page that lists all of them is one link away
BLOCKS = "/rooms/blocks"
CLAIMS = "/rooms/claims"
MONTHS = f"{LIST}/months"
REQUESTS = "/rooms/requests"
CASES = "/feedback/cases"
WORKS = "/works"
ACTIONS = "/feedback/actions"
REIMBURSEMENTS = "/works/funding/reimbursements"
SHORT = 120  # characters of a report


@dataclass(frozen=True, slots=True)
class Waiting:
    """One thing to decide, and the page where it is done. `kind` is that of the tags."""

    kind: str
    title: str
    text: str
    tag: str
    address: str
    action: str


@dataclass(frozen=True, slots=True)
class Shown:
    """The things, and how many counts more there are on the page of the month."""

    things: Sequence[Waiting]
    more: int


def waiting(found: Decisions, *, may_write: bool) -> Shown:
    """Everything that waits, the most urgent kind first."""
    things = [*_cases(found), *_lost(found), *_overpromised(found), *_closures(found), *_late(found), *_counts(found)]
    things += [*_blocks(found), *_new(found), *_works(found), *_unclaimed(found), *_actions(found)]
    if may_write:
        things += _months(found)
    more = max(0, len(found.differing) - MOST) + max(0, len(found.missing) - MOST)
    return Shown(things, more)


def _counts(found: Decisions) -> Iterator[Waiting]:
    for lines in found.missing[:MOST]:
        night = lines[0].night
        yield Waiting(
            "bad",
            _("The count of %(night)s is missing", night=format_date(night)),
            format_list([line.pavilion.name for line in lines[:MOST]])
            if len(lines) <= MOST
            else ngettext("%(n)s pavilion", "%(n)s pavilions", len(lines)),
            _("Missing count"),
            f"{LIST}/{night}",
            _("Enter it"),
        )
    for lines in found.differing[:MOST]:
        night = lines[0].night
        yield Waiting(
            "warn",
            _("The count of %(night)s differs from the claims", night=format_date(night)),
            _differences(lines),
            _("Unexplained difference"),
            f"{LIST}/{night}",
            _("Explain or mend it"),
        )


def _differences(lines: Sequence[CountLine]) -> str:
    return "; ".join(named(line.pavilion.name, difference(line)) for line in lines[:MOST])


def _blocks(found: Decisions) -> Iterator[Waiting]:
    for block in found.near_cut_off:
        yield Waiting(
            "info",
            _("%(block)s: cut-off on %(day)s", block=block.name, day=format_date(block.cut_off)),
            ngettext(
                "%(picked)s of %(contracted)s room-nights are picked up. %(n)s goes back on sale.",
                "%(picked)s of %(contracted)s room-nights are picked up. %(n)s go back on sale.",
                block.rest,
                picked=block.picked,
                contracted=block.contracted,
            ),
            _("Release at cut-off"),
            f"{BLOCKS}/{block.number}",
            _("Open the block"),
        )


def _lost(found: Decisions) -> Iterator[Waiting]:
    for claim in found.lost_rooms[:MOST]:
        yield Waiting(
            "bad",
            _("%(room)s is claimed and is no room then", room=claim.room),
            _(
                "Claim %(number)s, %(first)s to %(until)s. Move it, or give it other nights.",
                number=claim.number,
                first=format_date(claim.first),
                until=format_date(claim.until),
            ),
            _("In conflict"),
            f"{CLAIMS}/{claim.number}",
            _("Open the claim"),
        )


def _overpromised(found: Decisions) -> Iterator[Waiting]:
    for one in found.overpromised:
        yield Waiting(
            "bad",
            _("More is promised than there is: %(type)s, %(night)s", type=one.type_name, night=format_date(one.night)),
            ngettext(
                "%(n)s room too many is taken or held in that night.",
                "%(n)s rooms too many are taken or held in that night.",
                one.rooms,
            ),
            _("In conflict"),
            f"{CHART}?pavilion=all&start={one.night}",
            _("Open the room chart"),
        )


def _closures(found: Decisions) -> Iterator[Waiting]:
    for one in found.closures:
        address = f"/works/packages/{one.package.slug}/closure"
        if one.proposal is None:
            text = _("A milestone of the closure rule was dropped.")
        else:
            text = _(
                "Room-nights to close: %(close)s, to reopen: %(reopen)s; stays in conflict: %(conflicts)s.",
                close=format_number(one.proposal.closes + one.proposal.waiting.total()),
                reopen=format_number(one.proposal.reopens),
                conflicts=format_number(len(one.proposal.conflicts)),
            )
        yield Waiting(
            "bad",
            _("%(works)s: the closures are not those of the plan", works=one.package.name),
            text,
            _("Differs from the plan"),
            address,
            _("Look at the proposal"),
        )


def _late(found: Decisions) -> Iterator[Waiting]:
    for line in found.overdue_requests[:MOST]:
        one = line.request
        yield Waiting(
            "bad",
            f"{line.pavilion.name} {line.room} · {KINDS[one.kind]}",
            _("Due on %(day)s: %(text)s", day=format_date(one.due), text=shorten(one.text, SHORT, placeholder=" …"))
            if one.due
            else "",
            _("Overdue request"),
            f"{REQUESTS}/{one.id}",
            _("Open the request"),
        )
    if more := len(found.overdue_requests[MOST:]):
        yield Waiting(
            "bad",
            ngettext("%(n)s more request is overdue", "%(n)s more requests are overdue", more),
            "",
            _("Overdue request"),
            f"{REQUESTS}?overdue=1",
            _("Open the list"),
        )


def _new(found: Decisions) -> Iterator[Waiting]:
    if new := found.new_requests:
        yield Waiting(
            "warn",
            ngettext("%(n)s request waits to be looked at", "%(n)s requests wait to be looked at", len(new)),
            "; ".join(named(f"{line.pavilion.name} {line.room}", str(KINDS[line.request.kind])) for line in new[:MOST]),
            _("New request"),
            f"{REQUESTS}/{new[0].request.id}" if len(new) == 1 else f"{REQUESTS}?state={State.NEW.value}",
            _("Open the request") if len(new) == 1 else _("Open the list"),
        )


def _cases(found: Decisions) -> Iterator[Waiting]:
    """Of a guest's case nothing is shown here but that it is there: who stands beside should not read it."""
    late = [line.case for line in found.cases if is_overdue(line.case.state, line.case.due, today())]
    new = len(found.cases) - len(late)
    for case in late[:MOST]:
        yield Waiting(
            "bad",
            _("A guest waits for an answer: case %(n)s", n=case.id),
            _("Due on %(day)s", day=format_date(case.due)),
            _("Overdue case"),
            f"{CASES}/{case.id}",
            _("Open the case"),
        )
    if more := len(late[MOST:]):
        yield Waiting(
            "bad",
            ngettext("%(n)s more case is overdue", "%(n)s more cases are overdue", more),
            "",
            _("Overdue case"),
            f"{CASES}?overdue=1",
            _("Open the list"),
        )
    if new:
        yield Waiting(
            "warn",
            ngettext("%(n)s guest asks for an answer", "%(n)s guests ask for an answer", new),
            "",
            _("New case"),
            f"{CASES}?state=new",
            _("Open the list"),
        )


def _works(found: Decisions) -> Iterator[Waiting]:
    tags = {
        Kind.OVERDUE: ("bad", _("Should have ended")),
        Kind.DUE: ("warn", _("Due soon")),
        Kind.SILENT: ("info", _("Not reported on")),
    }
    for told in found.works[:MOST]:
        kind, tag = tags[told.reminder.kind]
        yield Waiting(kind, words.title(told), words.said(told), tag, told.address, _("Open the milestone"))
    if more := len(found.works[MOST:]):
        yield Waiting(
            "info",
            ngettext("%(n)s more milestone is to be looked at", "%(n)s more milestones are to be looked at", more),
            "",
            _("Works"),
            WORKS,
            _("Open the works"),
        )


def _unclaimed(found: Decisions) -> Iterator[Waiting]:
    for one in found.unclaimed[:MOST]:
        yield Waiting(
            "warn",
            _("%(name)s: %(amount)s of %(year)s to claim", name=one.name, amount=euros(one.cents), year=one.year),
            _("It is spent, and %(payer)s would pay it back.", payer=one.payer),
            _("Unclaimed reimbursement"),
            f"{REIMBURSEMENTS}/{one.slug}",
            _("Open the agreement"),
        )


def _actions(found: Decisions) -> Iterator[Waiting]:
    for told in found.actions[:MOST]:
        kind, tag = NEEDS[told.need]
        yield Waiting(
            kind, told.version.name, improvement.said(told), str(tag), told.address, _("Open the improvement action")
        )
    if more := len(found.actions[MOST:]):
        yield Waiting(
            "info",
            ngettext("%(n)s more action needs somebody", "%(n)s more actions need somebody", more),
            "",
            _("Improvement actions"),
            ACTIONS,
            _("Open the board"),
        )


def _months(found: Decisions) -> Iterator[Waiting]:
    for month in found.closable:
        yield Waiting(
            "info",
            _("%(month)s can be closed", month=format_month(month)),
            _("Every night is counted and every difference explained."),
            _("Ready to be closed"),
            f"{MONTHS}/{month:%Y-%m}/close",
            _("Look at it and close it"),
        )
