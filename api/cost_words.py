"""How pages tell of running costs: amounts, periods, and the sentences in which a period stands to its budget."""

from collections.abc import Iterator, Sequence

from api.bars import Bars
from api.grouped_bars import Groups
from api.pages.campus.figures import period_name
from campus import amounts
from campus.nights import Nights
from campus.running_costs.periods import Compared, Figure
from campus.running_costs.report import Report, ReportRow
from campus.running_costs.rules import Kind, last_day
from campus.running_costs.units import Units
from campus.running_costs.words import KINDS, LINES
from core.i18n import format_date, format_list, format_month, format_number, format_percent, ngettext
from core.i18n import gettext as _

Step = tuple[Nights, Units | None]


def period(span: Nights) -> str:
    """A month, a year, years, or the days of something else."""
    years = span.first.year, span.until.year - 1
    whole = (span.first, span.until) == (Nights.year(years[0]).first, Nights.year(years[1]).until)
    if whole:
        return str(years[0]) if years[0] == years[1] else f"{years[0]}–{years[1]}"
    months = span.months()
    if len(months) > 1 and span.first.day == 1 == span.until.day:
        return f"{format_month(months[0].first)} – {format_month(months[-1].first)}"
    return period_name(span, span)


def days(span: Nights) -> str:
    """The first day and the last."""
    return _("%(first)s to %(last)s", first=format_date(span.first), last=format_date(last_day(span)))


def periods(spans: Sequence[Nights]) -> str:
    """Several periods in a row."""
    return format_list(period(one) for one in spans)


def signed(cents: int) -> str:
    """Whole euros with the sign before them."""
    return f"{'+' if cents > 0 else '−' if cents < 0 else ''}{amounts.whole_euros(abs(cents))}"


def signed_share(share: float | None) -> str:
    """A share of 1 as percents with its sign; "–" where there is nothing to measure against."""
    if share is None:
        return "–"
    return f"{'+' if share > 0 else '−' if share < 0 else ''}{_percent(share)}"


def covered(figure: Figure) -> str:
    """How much of a period is covered, where that is not all of it."""
    if figure.complete or not figure.known:
        return ""
    return _("%(days)s of %(asked)s days", days=format_number(figure.days), asked=format_number(figure.asked))


def standing(report: Report) -> tuple[str, str, str]:
    """How a period stands to its budget: the kind of the mark, its word, and the sentence."""
    found = report.total.variance
    if found is None:
        return "info", _("Not compared"), _without_budget(report)
    kind, compared = found
    where = periods(compared.spans)
    values = {"where": where, "cents": amounts.whole_euros(compared.cents)}
    values |= {"difference": amounts.whole_euros(abs(compared.difference)), "share": _share(compared)}
    if kind is Kind.FORECAST:
        above = _("%(where)s: the forecast of %(cents)s is %(difference)s %(share)s above the budget.", **values)
        below = _("%(where)s: the forecast of %(cents)s is %(difference)s %(share)s below the budget.", **values)
        equal = _("%(where)s: the forecast of %(cents)s is the budget.", **values)
    else:
        above = _("%(where)s: running costs of %(cents)s are %(difference)s %(share)s above the budget.", **values)
        below = _("%(where)s: running costs of %(cents)s are %(difference)s %(share)s below the budget.", **values)
        equal = _("%(where)s: running costs of %(cents)s are the budget.", **values)
    if compared.difference > 0:
        return "warn", _("Over budget"), above
    return "good", _("Within budget"), below if compared.difference else equal


def _share(compared: Compared) -> str:
    return f"({_percent(compared.share)})" if compared.share is not None else ""


def _percent(share: float) -> str:
    """Rounded to the nearest tenth, without its sign."""
    return format_percent(round(abs(share), 3))


def _without_budget(report: Report) -> str:
    figures = report.total.figures
    if figures[Kind.ACTUAL].known:
        return _(
            "Running costs of %(cents)s are entered; not every line has a budget of the same days.",
            cents=amounts.whole_euros(figures[Kind.ACTUAL].cents),
        )
    if figures[Kind.BUDGET].known:
        return _(
            "The budget is %(cents)s; what it came to is not entered yet.",
            cents=amounts.whole_euros(figures[Kind.BUDGET].cents),
        )
    return _("No total can be told of this period.")


def cut_said(spans: Sequence[Nights]) -> str:
    """That entries of longer periods are not counted; empty where there are none."""
    if not spans:
        return ""
    return ngettext(
        "Entries of %(periods)s reach beyond this period. They are not parted, and not counted here.",
        "Entries of %(n)s longer periods (%(periods)s) reach beyond this one. They are not parted, and not counted.",
        len(spans),
        periods=periods(spans[:4]),
    )


def chart(report: Report) -> Groups:
    """Budget and what it came to over the same days, line by line; where these are none, what there is."""
    return Groups(tuple((str(LINES[line]), bars) for line, row in report.lines.items() if (bars := _bars(row))))


def _bars(row: ReportRow) -> tuple[tuple[str, float], ...]:
    if found := row.variance:
        kind, compared = found
        return _bar(Kind.BUDGET, compared.against), _bar(kind, compared.cents)
    return tuple(_bar(kind, row.figures[kind].cents) for kind in _shown(row))


def _shown(row: ReportRow) -> list[Kind]:
    """The kinds that a line has something of, the one that counts last."""
    later = Kind.ACTUAL if row.figures[Kind.ACTUAL].known else Kind.FORECAST
    return [kind for kind in (Kind.BUDGET, later) if row.figures[kind].known]


def _bar(kind: Kind, cents: int) -> tuple[str, float]:
    return f"{KINDS[kind]} {amounts.whole_euros(cents)}", cents / 100


def chart_said(report: Report) -> str:
    """Which line costs the most, and which is the furthest above its budget."""
    known = {line: row.figures[kind].cents for line, row in report.lines.items() for kind in _shown(row)[-1:]}
    if not known:
        return ""
    most = max(known, key=lambda line: known[line])
    said = _("%(line)s costs the most: %(cents)s.", line=LINES[most], cents=amounts.whole_euros(known[most]))
    over = {line: found[1] for line, row in report.lines.items() if (found := row.variance) and found[1].difference > 0}
    if over:
        worst = max(over, key=lambda line: over[line].difference)
        said += " " + _(
            "%(line)s is the furthest above its budget: %(cents)s.",
            line=LINES[worst],
            cents=signed(over[worst].difference),
        )
    return said


def unit_said(one: Units) -> str:
    """Which days, which area and which room-nights these are."""
    return " ".join(_unit_sentences(one))


def _unit_sentences(one: Units) -> Iterator[str]:
    yield _("Actual costs of %(period)s, for which every line has an amount.", period=periods(one.spans))
    if one.area.m2:
        yield ngettext(
            "The area is that of one pavilion, %(m2)s m².",
            "The area is that of %(n)s pavilions together, %(m2)s m².",
            one.area.pavilions,
            m2=format_number(one.area.m2),
        )
    else:
        yield _("No pavilion's area is entered.")
    if one.area.without:
        yield ngettext("One more has no area yet.", "%(n)s more have no area yet.", one.area.without)
    yield ngettext(
        "Occupied is what was sold on the same days: one room-night.",
        "Occupied is what was sold on the same days: %(n)s room-nights.",
        one.nights,
    )


def trend(steps: Sequence[Step], *, per_night: bool) -> Bars:
    """Running costs of each step a square metre or room-night, in euros.

    Not net: what is paid back by the quarter lies in no month.
    """
    known = _trend(steps, per_night=per_night)
    return Bars(tuple((_short(span), value) for span, value in known))


def _short(span: Nights) -> str:
    """A period beside a bar: its month without the year, which the sentence tells."""
    return format_month(span.first, short=True) if len(span.months()) == 1 else period(span)


def trend_said(steps: Sequence[Step], *, per_night: bool) -> str:
    """The first and the last step in a sentence; empty with fewer than two."""
    known = _trend(steps, per_night=per_night)
    if len(known) < 2:
        return ""
    (first, was), (last, now) = known[0], known[-1]
    values = {"first": period(first), "last": period(last)}
    values |= {"was": amounts.euros(round(was * 100)), "now": amounts.euros(round(now * 100))}
    if per_night:
        return _("Running costs of an occupied room-night: %(was)s in %(first)s, %(now)s in %(last)s.", **values)
    return _("Running costs of a square metre: %(was)s in %(first)s, %(now)s in %(last)s.", **values)


def _trend(steps: Sequence[Step], *, per_night: bool) -> list[tuple[Nights, float]]:
    """Only steps that are covered to the day: others would look cheaper than they were."""
    found = []
    for span, one in steps:
        if one is None or one.spans != (span,):
            continue
        value = one.per_night(one.cents) if per_night else one.per_m2(one.cents)
        if value is not None:
            found.append((span, value / 100))
    return found
