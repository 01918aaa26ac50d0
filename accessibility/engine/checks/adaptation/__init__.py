"""A page made narrow, larger, wider spaced, turned, or pointed at; contrast measured in pixels."""

from accessibility.engine.checks.adaptation.control_contrast import ControlContrastCheck
from accessibility.engine.checks.adaptation.hover_content import HoverContentCheck
from accessibility.engine.checks.adaptation.orientation import OrientationCheck
from accessibility.engine.checks.adaptation.reflow import ReflowCheck
from accessibility.engine.checks.adaptation.resize_text import ResizeTextCheck
from accessibility.engine.checks.adaptation.text_contrast import TextContrastCheck
from accessibility.engine.checks.adaptation.text_spacing import TextSpacingCheck
from accessibility.engine.checks.check import PageCheck

CHECKS: tuple[PageCheck, ...] = (
    ReflowCheck(),
    ResizeTextCheck(),
    TextSpacingCheck(),
    OrientationCheck(),
    HoverContentCheck(),
    TextContrastCheck(),
    ControlContrastCheck(),
)
