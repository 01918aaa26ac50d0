"""How the benchmarks measure: two ways in turns, so that what else the machine does slows both alike."""

import statistics
import time
from collections.abc import Callable

from tests.api.people import Browser

ROUNDS, WARM_UP = 20, 3
Timed = Callable[[], object]


def in_turns(ours: Timed, plain: Timed, rounds: int = ROUNDS) -> tuple[float, float]:
    """Medians in milliseconds."""
    times: dict[Timed, list[float]] = {ours: [], plain: []}
    for _round in range(WARM_UP + rounds):
        for one, taken in times.items():
            start = time.perf_counter()
            one()
            taken.append(1000 * (time.perf_counter() - start))
    medians = [statistics.median(taken[WARM_UP:]) for taken in times.values()]
    return medians[0], medians[1]


def page(browser: Browser, address: str) -> None:
    """Ask for a page as a person does. Raises `RuntimeError` when it does not answer with one."""
    answer = browser.get(address)
    if answer.status_code != 200 or "<h1" not in answer.text:
        raise RuntimeError(f"{address} answered {answer.status_code}")
