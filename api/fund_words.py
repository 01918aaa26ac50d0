"""How pages call what stands in the books of funds, and what their figures come to in a sentence."""

from collections.abc import Sequence

from api.waterfall import Bar
from campus.amounts import euros
from campus.funds.loading import WHY, Why
from campus.funds.report import FundLine
from campus.funds.rules import Kind, Roll, Statement
from core.i18n import format_list, format_number, lazy, ngettext
from core.i18n import gettext as _

KINDS = {
    Kind.OPENING: lazy("Opening balance"),
    Kind.RECEIPT: lazy("Receipt"),
    Kind.PAYMENT: lazy("Payment"),
    Kind.COMMITMENT: lazy("Open commitment"),
}
LESS = "−\u2060"
UNITS = {"room-nights": lazy("room-nights"), "amounts": lazy("amounts")}


def amount(cents: int | None) -> str:
    """An amount, or a dash where there is none."""
    return "–" if cents is None else moved(cents)


def moved(cents: int) -> str:
    """An amount with its sign where it is below 0, which no line end parts from it."""
    return f"{LESS if cents < 0 else ''}{euros(abs(cents))}"


def signed(cents: int | None) -> str:
    """A difference with its sign; a dash where there is none."""
    if not cents:
        return amount(cents)
    return moved(cents) if cents < 0 else f"+{euros(cents)}"


def changed(value: int | None, unit: str) -> str:
    """What a facts file changes, from or to."""
    if value is None or unit == "cents":
        return amount(value)
    return f"{format_number(value)} {UNITS[unit]}"


def left_out(why: Why) -> str:
    """Why a place of a facts file was not loaded."""
    return _(WHY[why])


def tag(line: FundLine) -> tuple[str, str]:
    """Whether the printed closing balance is what the figures add up to."""
    if line.reconciles is None:
        return "info", _("Nothing printed")
    return ("good", _("Reconciles")) if line.reconciles else ("bad", _("Does not reconcile"))


def said(lines: Sequence[FundLine]) -> str:
    """Which funds reconcile and which do not."""
    printed = [one for one in lines if one.reconciles is not None]
    wrong = [one for one in printed if not one.reconciles]
    if not printed:
        return _("Nothing is printed of the end of this period.")
    if not wrong:
        return ngettext(
            "The one fund of which a closing balance is printed reconciles to the cent.",
            "All %(n)s funds of which a closing balance is printed reconcile to the cent.",
            len(printed),
        )
    return ngettext(
        "%(right)s of %(n)s funds reconciles to the cent. What is printed is not what the figures add up to in: "
        "%(wrong)s.",
        "%(right)s of %(n)s funds reconcile to the cent. What is printed is not what the figures add up to in: "
        "%(wrong)s.",
        len(printed),
        right=format_number(len(printed) - len(wrong)),
        wrong=format_list([one.fund.name for one in wrong]),
    )


def reconciles_said(line: FundLine) -> str:
    """The printed closing balance of one fund beside the computed one."""
    found = line.statement
    values = {"computed": moved(found.planned.closing), "printed": amount(found.printed)}
    if line.reconciles is None:
        return _("By plan the fund ends with %(computed)s; nothing is printed of the end of this period.", **values)
    if line.reconciles:
        return _("By plan the fund ends with %(computed)s, to the cent what is printed.", **values)
    return _(
        "Printed are %(printed)s, but the figures add up to %(computed)s: a difference of %(difference)s.",
        **values,
        difference=signed(found.difference),
    )


def roll_said(found: Statement) -> str:
    """What a chart shows, in a sentence."""
    roll, free = shown_roll(found)
    values = {name: moved(getattr(roll, name)) for name in ("opening", "receipts", "payments", "closing")}
    if free is None:
        return _("By plan: %(opening)s, and %(receipts)s more, less %(payments)s, are %(closing)s.", **values)
    return _(
        "So far: %(opening)s, and %(receipts)s more, less %(payments)s, are %(closing)s; free of commitments are "
        "%(free)s.",
        **values,
        free=moved(free),
    )


def shown_roll(found: Statement) -> tuple[Roll, int | None]:
    """What a chart shows: what happened with what is free of it, or the plan as long as nothing has happened."""
    happened = found.actual.receipts or found.actual.payments or found.commitments
    return (found.actual, found.free) if happened else (found.planned, None)


def bars(roll: Roll, free: int | None) -> tuple[Bar, ...]:
    """A roll-forward as a picture, in whole euros."""
    with_receipts = roll.opening + roll.receipts
    steps = [
        (_("Opening"), 0, roll.opening, "", "whole"),
        (_("Receipts"), roll.opening, with_receipts, "+", "part"),
        (_("Payments"), roll.closing, with_receipts, "−", "part"),
        (_("Closing"), 0, roll.closing, "", "sold"),
    ]
    if free is not None:
        steps.append((_("Free"), 0, free, "", "held"))
    return tuple(
        Bar(name, start / 100, end / 100, f"{sign if end != start else ''}{_whole(sign, start, end)}", kind)
        for name, start, end, sign, kind in steps
    )


def _whole(sign: str, start: int, end: int) -> str:
    value = round((end - start if sign else end) / 100)
    return f"{'−' if value < 0 else ''}{format_number(abs(value))}"
