"""Changes of context that nobody asked for."""

from accessibility.engine.checks.check import PageCheck
from accessibility.engine.checks.context.on_focus import OnFocusCheck
from accessibility.engine.checks.context.on_input import OnInputCheck

CHECKS: tuple[PageCheck, ...] = (OnFocusCheck(), OnInputCheck())
