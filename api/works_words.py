"""How the words of the works are called on pages."""

from collections.abc import Mapping

from babel.support import LazyProxy

from campus.renovation.network import Kind
from campus.renovation.rules import MilestoneState
from core.i18n import format_number, lazy, ngettext
from core.i18n import gettext as _

PURPOSES = {
    "safety": lazy("Safety"),
    "energy": lazy("Energy"),
    "comfort": lazy("Comfort"),
    "accessibility": lazy("Accessibility"),
}
STATES: Mapping[str, tuple[str, LazyProxy]] = {
    MilestoneState.ENDED: ("good", lazy("Ended")),
    MilestoneState.OVERDUE: ("bad", lazy("Overdue")),
    MilestoneState.BEGUN: ("info", lazy("Under way")),
    MilestoneState.TO_COME: ("info", lazy("To come")),
}
KINDS: Mapping[str, LazyProxy] = {
    Kind.FINISH_START: lazy("can begin when that one has ended"),
    Kind.START_START: lazy("can begin when that one has begun"),
    Kind.FINISH_FINISH: lazy("can end when that one has ended"),
}


def slip(days: int | None) -> str:
    """Days against a baseline as people say them; a dash without a baseline."""
    if days is None:
        return "–"
    if days == 0:
        return _("on time")
    many = format_number(abs(days))
    if days > 0:
        return ngettext("%(many)s day late", "%(many)s days late", days, many=many)
    return ngettext("%(many)s day early", "%(many)s days early", -days, many=many)


def lag(days: int) -> str:
    """How many days later or earlier a dependency lets something begin; a dash for none."""
    if days == 0:
        return "–"
    many = format_number(abs(days))
    if days > 0:
        return ngettext("%(many)s day later", "%(many)s days later", days, many=many)
    return ngettext("%(many)s day earlier", "%(many)s days earlier", -days, many=many)
