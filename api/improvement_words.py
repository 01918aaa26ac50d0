"""How pages, mails and files tell of improvement actions: stages, verdicts, measures, and effects in words."""

from collections.abc import Iterable, Sequence

from babel.support import LazyProxy

from api.figure_words import quarter
from campus.amounts import whole_euros
from campus.feedback.quarters import Quarter
from campus.feedback.questionnaires.content import Kind, in_language
from campus.improvement.measured import Reason
from campus.improvement.models import ActionCheck
from campus.improvement.queries import Line, Measure
from campus.improvement.rules import Need, Outcome, Stage
from campus.improvement.verdict import Effect, Summary, Verdict
from core.i18n import format_list, format_number, language, lazy, ngettext, pgettext
from core.i18n import gettext as _

STAGES = {
    Stage.PLAN: LazyProxy(lambda: pgettext("stage", "Plan"), enable_cache=False),  # elsewhere it is a drawing
    Stage.DO: lazy("Do"),
    Stage.CHECK: lazy("Check"),
    Stage.ACT: lazy("Act"),
    Stage.ENDED: lazy("Ended"),
}
WAITING = {  # what would stand in an empty column, and how it gets there
    Stage.PLAN: lazy("Actions that are planned and not begun."),
    Stage.DO: lazy("Actions that somebody is carrying out."),
    Stage.CHECK: lazy("Actions that are done and wait for their check."),
    Stage.ACT: lazy("Actions whose effect is known and that wait for a decision."),
    Stage.ENDED: lazy("Actions of which it is decided what came of them."),
}
OUTCOMES = {
    Outcome.ADOPTED: lazy("Adopted"),
    Outcome.ADAPTED: lazy("Adapted"),
    Outcome.ABANDONED: lazy("Abandoned"),
}
VERDICTS = {  # kind of the tag, which has the shape, and the word
    Verdict.BETTER: ("good", lazy("Better")),
    Verdict.WORSE: ("bad", lazy("Worse")),
    Verdict.NO_EFFECT: ("warn", lazy("No detectable effect")),
    Verdict.TOO_EARLY: ("info", lazy("Too early")),
}
NEEDS = {
    Need.OVERDUE: ("bad", lazy("Overdue")),
    Need.CHECK: ("warn", lazy("Check is due")),
    Need.DECIDE: ("warn", lazy("Decide")),
}
REASONS = {
    Reason.NO_BEFORE: lazy("No closed quarter lies wholly before the day it was done."),
    Reason.NO_AFTER: lazy("No quarter that lies wholly after the day it was done is closed yet."),
    Reason.WORDING: lazy("The question's wording changed in between: before and after cannot be compared."),
    Reason.MASKED: lazy("There are too few answers on one side, as some figures are masked."),
    Reason.FEW: lazy("There are too few answers on one side: each needs at least 10."),
}


def measure(key: str, known: dict[str, Measure]) -> str:
    """What a measure is called: the question, in the visitor's language where it is there."""
    return (in_language(known[key].text, language()) if key in known else "") or key


def signed(change: float) -> str:
    """A change with its sign, to two decimals."""
    rounded = round(change, 2)
    return ("+" if rounded > 0 else "−" if rounded < 0 else "") + format_number(abs(rounded))


def points(kind: str) -> str:
    """What changes are counted in."""
    return _("percentage points") if kind == Kind.YES_NO else _("points")


def interval(low: float | None, high: float | None) -> str:
    """Both ends of a 95 % interval."""
    return "–" if low is None or high is None else _("%(low)s to %(high)s", low=signed(low), high=signed(high))


def level(summary: Summary | None) -> str:
    """A mean with its interval."""
    if summary is None:
        return "–"
    ends = summary.interval()
    mean = format_number(round(summary.mean, 2))
    if ends is None:
        return mean
    low, high = (format_number(round(one, 2)) for one in ends)
    return _("%(mean)s (%(low)s to %(high)s)", mean=mean, low=low, high=high)


def said(effect: Effect, reason: str, kind: str) -> str:
    """A verdict in one sentence."""
    if effect.change is None:
        return str(REASONS[Reason(reason)]) if reason else ""
    values = {
        "change": signed(effect.change).removeprefix("+"),
        "points": points(kind),
        "interval": interval(effect.low, effect.high),
    }
    match effect.verdict:
        case Verdict.BETTER:
            return _("It got better by %(change)s %(points)s (95%% interval: %(interval)s).", **values)
        case Verdict.WORSE:
            return _("It got worse: %(change)s %(points)s (95%% interval: %(interval)s).", **values)
        case _:
            return _(
                "A change of %(change)s %(points)s (95%% interval: %(interval)s) cannot be told from chance.", **values
            )


def price(check: ActionCheck) -> str:
    """What a point cost, with its interval; empty where it got no better."""
    found = check.effect.cost_per_point(check.cost)
    if found is None:
        return ""
    value, low, high = (whole_euros(round(one)) for one in found)
    return _("%(value)s a point (%(low)s to %(high)s)", value=value, low=low, high=high)


def quarters(given: Sequence[Quarter | str]) -> str:
    """Quarters in a row."""
    return format_list([quarter(one, short=True) for one in given]) if given else "–"


def masked(given: Iterable[str], names: dict[str, str]) -> str:
    """Masked figures, each with its quarter and pavilion."""
    parts = (one.partition(" ") for one in given)
    return format_list(
        [quarter(of, short=True) + (f" ({names.get(thing, thing)})" if thing else "") for of, _blank, thing in parts]
    )


def said_of_all(lines: Sequence[Line]) -> str:
    """What needs somebody, in one sentence."""
    counts = {need: sum(line.need is need for line in lines) for need in Need}
    parts = []
    if n := counts[Need.OVERDUE]:
        parts.append(ngettext("%(n)s action is overdue", "%(n)s actions are overdue", n))
    if n := counts[Need.CHECK]:
        parts.append(ngettext("%(n)s check is due", "%(n)s checks are due", n))
    if n := counts[Need.DECIDE]:
        parts.append(ngettext("%(n)s action waits for a decision", "%(n)s actions wait for a decision", n))
    return f"{format_list(parts)}." if parts else _("No action needs anybody now.")
