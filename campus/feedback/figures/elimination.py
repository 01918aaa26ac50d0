"""Gaussian elimination modulo a prime, on the columns of a matrix of zeros and ones. Exact: no rounding. Pure.

The rank modulo a prime is never above the true one, and below it only where every minor of that size is a multiple of
the prime, which those of groups of guests (products of small numbers) are not.
"""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

PRIME = (1 << 31) - 1  # products of two numbers below it fit into 64 bits

Matrix = npt.NDArray[np.int64]


class Elimination:
    """Columns of a matrix that were taken as pivots so far; `rank` is how many."""

    def __init__(self, matrix: Matrix) -> None:
        self._matrix = matrix.astype(np.float64)
        self._rows = np.eye(len(matrix), dtype=np.int64)  # what row operations made of the rows
        self.rank = 0

    def copy(self) -> "Elimination":
        """The same, to go on with in another way."""
        made = Elimination.__new__(Elimination)
        made._matrix, made._rows, made.rank = self._matrix, self._rows.copy(), self.rank
        return made

    @property
    def full(self) -> bool:
        """Whether no further column can raise the rank."""
        return self.rank == len(self._rows)

    def take(self, columns: Sequence[int]) -> list[int]:
        """Take those of the columns, in this order, that raise the rank."""
        taken: list[int] = []
        size = max(32, 2 * len(self._rows))
        for begin in range(0, len(columns), size):
            if self.full:
                break
            some = columns[begin : begin + size]
            taken += [some[number] for number in self._pivots(self._now(some))]
        return taken

    def _now(self, columns: Sequence[int]) -> Matrix:
        """The columns after all row operations; sums of so few numbers below 2³¹ are exact in floating point."""
        below = self._rows[self.rank :].astype(np.float64) @ self._matrix[:, columns]
        return below.astype(np.int64) % PRIME

    def _pivots(self, part: Matrix) -> list[int]:
        """Take pivots among the columns of `part`, which are the rows from `rank` on."""
        found: list[int] = []
        column = 0
        while len(part) and column < part.shape[1]:
            there = np.flatnonzero(part[:, column:].any(axis=0))
            if not len(there):
                break
            column += int(there[0])
            row = int(np.flatnonzero(part[:, column])[0])
            rows = self._rows[self.rank :]
            part[[0, row]], rows[[0, row]] = part[[row, 0]], rows[[row, 0]]
            inverse = pow(int(part[0, column]), -1, PRIME)
            times = part[1:, column] * inverse % PRIME
            touched = np.flatnonzero(times)
            if len(touched):
                factors = times[touched, None]
                part[touched + 1, column:] = (part[touched + 1, column:] - factors * part[0, column:] % PRIME) % PRIME
                rows[touched + 1] = (rows[touched + 1] - factors * rows[0] % PRIME) % PRIME
            found.append(column)
            part = part[1:]
            self.rank += 1
            column += 1
        return found
