"""With the keyboard alone: traps, what it cannot reach or work, focus that goes astray or is not seen, shortcuts."""

from accessibility.engine.checks.check import PageCheck
from accessibility.engine.checks.keyboard.dialogs import DialogsCheck
from accessibility.engine.checks.keyboard.keyboard_walk import KeyboardWalkCheck
from accessibility.engine.checks.keyboard.mouse_only import MouseOnlyCheck
from accessibility.engine.checks.keyboard.scrolling import ScrollingCheck
from accessibility.engine.checks.keyboard.shortcuts import ShortcutsCheck

CHECKS: tuple[PageCheck, ...] = (
    KeyboardWalkCheck(),
    MouseOnlyCheck(),
    ScrollingCheck(),
    DialogsCheck(),
    ShortcutsCheck(),
)
