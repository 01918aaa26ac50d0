"""Every change of funds by people. An entry is changed by a new version and never deleted, with the reason."""

from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from campus.funds import queries, rules
from campus.funds.models import Fund, FundEntry
from campus.funds.report import amount_of
from campus.funds.rules import Kind, Status
from campus.known import supersede
from campus.places import rules as places
from core import clock, trail
from core.errors import Conflict, InvalidInput
from core.i18n import gettext as _
from core.i18n import today

OURS = ("add", "discrepancies", "entries", "facts")  # words of addresses that no fund may be called by


@dataclass(frozen=True, slots=True, kw_only=True)
class WantedEntry:
    """An amount of a fund in cents; `planned`: expected by its day."""

    kind: Kind
    day: date
    cents: int
    what: str
    planned: bool = False


def add_fund(session: Session, name: str, actor: str, slug: str = "") -> Fund:
    """Add a fund. An empty slug is made of the name. Raises `InvalidInput`, `Conflict` where either is taken."""
    name = places.checked_name(name)
    every = queries.funds(session)
    taken = {one.slug for one in every} | set(OURS)
    if any(one.name.casefold() == name.casefold() for one in every):
        raise InvalidInput(_("there is a fund of this name already"), place="name")
    slug = places.checked_slug(slug) if slug else places.slug_of(name, taken, "fund")
    if slug in taken:
        raise Conflict(_("The short name “%(slug)s” is taken.", slug=slug))
    fund = Fund(slug=slug, name=name, position=1 + max((one.position for one in every), default=0))
    session.add(fund)
    session.flush()
    trail.record(session, actor, "fund.add", "fund", fund.id, after={"name": name, "slug": slug})
    return fund


def add_entry(
    session: Session, fund: Fund, wanted: WantedEntry, actor: str, *, load_id: int | None = None
) -> FundEntry:
    """Enter an amount. Raises `InvalidInput` naming what cannot be. `load_id`: the facts file that it comes from."""
    values = _checked(session, fund.id, wanted)
    number = queries.next_number(session)
    return _write(session, fund.id, number, values | {"load_id": load_id}, actor, "fund.enter")


def change_entry(session: Session, number: int, wanted: WantedEntry, actor: str, reason: str) -> FundEntry:
    """Correct an entry: what stood there is kept. Raises `InvalidInput`, `Conflict` for a cancelled one."""
    before = booked(session, number)
    values = _checked(session, before.fund_id, wanted, before) | {"load_id": before.load_id}
    reason = checked_reason(reason)
    supersede(session, before)
    return _write(session, before.fund_id, number, values, actor, "fund.change", reason, before)


def cancel_entry(session: Session, number: int, actor: str, reason: str) -> FundEntry:
    """From now on the entry does not count. Raises `InvalidInput` without a reason, `Conflict` for a cancelled one."""
    before = booked(session, number)
    reason = checked_reason(reason)
    values = _told(before) | {"status": Status.CANCELLED, "day": before.day, "load_id": before.load_id}
    supersede(session, before)
    return _write(session, before.fund_id, number, values, actor, "fund.cancel", reason, before)


def booked(session: Session, number: int) -> FundEntry:
    """The present version of an entry that counts. Raises `NotFound`, `Conflict`."""
    found = queries.entry(session, number)
    if found.status != Status.BOOKED:
        raise Conflict(_("This entry is cancelled already."))
    return found


def checked_reason(given: str) -> str:
    """Why something is changed. Raises `InvalidInput`."""
    reason = given.strip()
    if not 1 <= len(reason) <= rules.MOST_REASON:
        raise InvalidInput(_("must be 1 to %(most)s characters", most=rules.MOST_REASON), place="reason")
    return reason


def _checked(session: Session, fund_id: int, wanted: WantedEntry, before: FundEntry | None = None) -> dict[str, Any]:
    rules.checked_day(wanted.day)
    rules.checked_amount(wanted.kind, wanted.cents)
    if wanted.planned and wanted.kind is Kind.COMMITMENT:
        raise InvalidInput(_("a commitment cannot be planned: enter a planned payment"), place="planned")
    if not wanted.planned and wanted.day > today():
        raise InvalidInput(_("what has happened cannot lie in the future"), place="day")
    others = [amount_of(one) for one in queries.entries(session, None, fund_id) if one is not before]
    opening = rules.opening_of(others, planned=wanted.planned)
    if wanted.kind is Kind.OPENING:
        if opening and opening.planned is wanted.planned:
            raise InvalidInput(_("the fund has an opening balance already: correct that one"), place="kind")
    elif wanted.kind is not Kind.COMMITMENT and opening and wanted.day <= opening.day:
        raise InvalidInput(
            _("must come after the opening balance of %(day)s", day=opening.day.isoformat()), place="day"
        )
    what = places.checked_name(wanted.what, rules.MOST_TEXT, "what")
    return asdict(wanted) | {"what": what, "status": Status.BOOKED}


def _write(
    session: Session,
    fund_id: int,
    number: int,
    values: dict[str, Any],
    actor: str,
    action: str,
    reason: str = "",
    before: FundEntry | None = None,
) -> FundEntry:
    made = FundEntry(fund_id=fund_id, number=number, reason=reason, **values)
    made.recorded_at, made.recorded_by = clock.now(), actor
    session.add(made)
    session.flush()
    was = None if before is None else _as_json(before)
    trail.record(session, actor, action, "fund_entry", number, before=was, after=_as_json(made))
    return made


def _told(entry: FundEntry) -> dict[str, Any]:
    names = ("kind", "status", "planned", "cents", "what")
    return {name: getattr(entry, name) for name in names}


def _as_json(entry: FundEntry) -> dict[str, Any]:
    return _told(entry) | {"day": entry.day.isoformat(), "fund": entry.fund_id, "reason": entry.reason}
