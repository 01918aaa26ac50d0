"""Time and movement: sound, animation, flashing, refresh, device motion, the pointer."""

from accessibility.engine.checks.check import PageCheck
from accessibility.engine.checks.motion.device_motion import DeviceMotionCheck
from accessibility.engine.checks.motion.movement import MovementCheck
from accessibility.engine.checks.motion.pointer_down import PointerDownCheck
from accessibility.engine.checks.motion.sound import SoundCheck
from accessibility.engine.checks.motion.timed_move import TimedMoveCheck

CHECKS: tuple[PageCheck, ...] = (
    DeviceMotionCheck(),
    PointerDownCheck(),
    SoundCheck(),
    MovementCheck(),
    TimedMoveCheck(),
)
