"""Which groups of guests may be published, so that no arithmetic on them tells of fewer than five. Pure.

Groups overlap: all answers of a quarter, those of a pavilion, of an event, of a language. To hide the small ones is not
enough: a pavilion's 30 less an event's 29 is one guest. Whoever knows some sums knows every linear combination of them,
and one in which at most four guests are left tells of those: their sum, or how two of them differ. So groups are taken
in order of importance, and one that would leave such a combination, together with those taken before it, is suppressed.

In words of algebra: the published groups are rows of a matrix with a column for each guest. No combination of rows may
be other than zero for one to four guests alone, which is when the rank falls as the columns of these guests are taken
away. Guests who are in exactly the same groups, an atom, are one column: nothing published parts them.

Every such set meets every basis of columns. So five bases that share no column prove that there is none, and where five
are not found, the sets are searched for by branching on the columns of a basis.
"""

from collections import defaultdict
from collections.abc import Collection, Hashable, Iterator, Mapping, Sequence
from heapq import heappop, heappush
from itertools import islice
from typing import TypeVar

import numpy as np

from campus.feedback.figures.elimination import Elimination, Matrix

LEAST = 5
AT_ONCE = 40  # exposed sets that are mended before the next search

Group = TypeVar("Group", bound=Hashable)
Guest = Hashable
Columns = tuple[int, ...]


def publishable(groups: Mapping[Group, frozenset[Guest]], order: Sequence[Group]) -> list[Group]:
    """The groups that may be published, taken in this order; those of fewer than five guests never."""
    kept = [group for group in order if len(groups[group]) >= LEAST]
    while late := _too_many([groups[group] for group in kept]):
        kept = [group for number, group in enumerate(kept) if number not in late]
    return kept


def publishable_beside(
    groups: Mapping[Group, frozenset[Guest]], order: Sequence[Group], known: frozenset[Guest]
) -> list[Group]:
    """The same, where somebody knows what some guests answered, as who brings in a survey knows its rows.

    Without these guests, too, no combination tells of fewer than five; groups that have no others are no matter.
    """
    kept = publishable(groups, order)
    if not known:
        return kept
    others = {group: groups[group] - known for group in kept}
    told = set(publishable(others, [group for group in kept if others[group]]))
    return [group for group in kept if not others[group] or group in told]


def exposed(published: Sequence[frozenset[Guest]]) -> frozenset[Guest]:
    """One to four guests of whom a combination of the published groups tells; empty where there are none."""
    atoms, matrix, _rows = _independent(published)
    sizes = [len(guests) for guests in atoms]
    for found in islice(_cuts(matrix, sizes), 1):
        return frozenset().union(*(atoms[number] for number in found))
    return frozenset()


def _too_many(published: Sequence[frozenset[Guest]]) -> set[int]:
    """The groups to leave out: of each exposed set the first that, with those before it, exposes it."""
    if not published:
        return set()
    atoms, matrix, rows = _independent(published)
    late: set[int] = set()
    cuts = [(-1, cut) for cut in islice(_cuts(matrix, [len(guests) for guests in atoms]), AT_ONCE)]
    while cuts:  # the earliest group first: without it, some later ones expose nobody any more
        known, cut = heappop(cuts)
        others = np.delete(matrix, cut, axis=1)
        remaining = np.flatnonzero(np.array([row not in late for row in rows]))
        basis = Elimination(others[remaining]).take(range(others.shape[1]))
        first = _first_dependent(others[remaining][:, basis])
        found = None if first is None else rows[remaining[first]]
        if found is not None and found == known:
            late.add(found)
        elif found is not None:
            heappush(cuts, (found, cut))
    return late


def _independent(published: Sequence[frozenset[Guest]]) -> tuple[list[frozenset[Guest]], Matrix, list[int]]:
    """(atoms, the matrix of groups that do not follow from those before them by atoms, the numbers of these groups)."""
    atoms = _atoms(published)
    matrix = np.zeros((len(published), len(atoms)), np.int64)
    for column, (where, _guests) in enumerate(atoms):
        matrix[list(where), column] = 1
    basis = Elimination(matrix).take(range(len(atoms)))
    rows = Elimination(matrix[:, basis].T).take(range(len(published))) if basis else []
    return [guests for _where, guests in atoms], matrix[rows], rows


def _first_dependent(matrix: Matrix) -> int | None:
    """The first row that is a combination of those before it."""
    columns = matrix[:, Elimination(matrix).take(range(matrix.shape[1]))]  # as many as its rank are enough
    independent = Elimination(columns.T).take(range(len(matrix))) if columns.shape[1] else []
    return next((row for row in range(len(matrix)) if row not in independent), None)


def _atoms(published: Sequence[frozenset[Guest]]) -> list[tuple[Columns, frozenset[Guest]]]:
    """(numbers of the published groups that they are in, the guests); the most common groups first."""
    of: dict[Guest, list[int]] = defaultdict(list)
    for number, group in enumerate(published):
        for guest in group:
            of[guest].append(number)
    found: dict[Columns, set[Guest]] = defaultdict(set)
    for guest, where in of.items():
        found[tuple(where)].add(guest)
    return [(where, frozenset(guests)) for where, guests in sorted(found.items())]


def _cuts(matrix: Matrix, sizes: Sequence[int]) -> Iterator[Columns]:
    """Sets of columns of fewer than five guests without which the rank of the matrix (full by rows) falls."""
    firm = Elimination(matrix)
    firm.take([number for number, size in enumerate(sizes) if size >= LEAST])
    rest = [number for number, size in enumerate(sizes) if size < LEAST]
    doubtful: list[int] = []
    for _basis in range(LEAST - 1):  # a column that four disjoint bases span without it is in no such set
        if firm.full:
            return
        basis = firm.copy().take(rest)
        doubtful += basis
        gone = set(basis)
        rest = [number for number in rest if number not in gone]
    firm.take(rest)
    if not firm.full:
        yield from _branches(firm, doubtful, sizes, (), LEAST - 1)


def _branches(
    firm: Elimination, open_ones: Sequence[int], sizes: Sequence[int], removed: Columns, left: int
) -> Iterator[Columns]:
    """The sets that hold `removed`, more of the open columns of at most `left` guests, and none that are firm."""
    bases = list(islice(_bases(firm, open_ones), left + 1))
    if not bases:
        yield removed
    if not bases or len(bases) > left:  # a set meets each of them
        return
    firm, still = firm.copy(), list(open_ones)
    for column in sorted(bases[0], key=lambda one: -sizes[one]):
        still.remove(column)
        if sizes[column] <= left:
            yield from _branches(firm, still, sizes, (*removed, column), left - sizes[column])
        firm.take([column])


def _bases(firm: Elimination, columns: Collection[int]) -> Iterator[list[int]]:
    """Disjoint sets of the columns that each make the rank full, as many as are found by taking one after the other."""
    rest = list(columns)
    while True:
        tried = firm.copy()
        basis = tried.take(rest)
        if not tried.full:
            return
        yield basis
        gone = set(basis)
        rest = [number for number in rest if number not in gone]
