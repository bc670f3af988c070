"""Whether the members of a story are of two events: two parts, each alike within, and unlike each other."""

from collections.abc import Callable, Sequence
from itertools import combinations
from typing import TypeVar

PART = 2  # members that make an event of their own: one odd article does not
WITHIN = 0.2  # average likeness in a part from which it is one event
BETWEEN = 0.1  # average likeness of the parts under which they are two

_Member = TypeVar("_Member")
Likeness = Callable[[_Member, _Member], float]


def parted(
    members: Sequence[_Member], likeness: Likeness[_Member]
) -> tuple[list[_Member], list[_Member]] | None:
    """The two events of which members tell, that of the first member first; None where they tell of one.

    The two least alike are the seeds, and each other member goes with the seed that it resembles more. One that
    resembles both seeds, as a round-up does, proves nothing: the others must be enough. The order of the members is
    kept. Takes n² / 2 comparisons.
    """
    if len(members) < 2 * PART:
        return None
    alike = {
        (one, other): likeness(members[one], members[other])
        for one, other in combinations(range(len(members)), 2)
    }
    first, second = min(alike, key=lambda pair: (alike[pair], pair))
    if alike[first, second] >= BETWEEN:
        return None
    near, far = _around(first, second, len(members), alike)
    both = {n for n in near + far if n not in (first, second) and _of_both(n, first, second, alike)}
    if not _two_events([n for n in near if n not in both], [n for n in far if n not in both], alike):
        return None
    parts = sorted((near, far))
    return [members[n] for n in parts[0]], [members[n] for n in parts[1]]


def average(ones: Sequence[_Member], others: Sequence[_Member], likeness: Likeness[_Member]) -> float:
    """The average likeness of members of one group to those of another; 0 where either is empty."""
    return sum(likeness(one, other) for one in ones for other in others) / max(1, len(ones) * len(others))


def _around(
    first: int, second: int, count: int, alike: dict[tuple[int, int], float]
) -> tuple[list[int], list[int]]:
    near, far = [first], [second]
    for n in range(count):
        if n not in (first, second):
            (near if alike[_pair(n, first)] >= alike[_pair(n, second)] else far).append(n)
    return sorted(near), sorted(far)


def _of_both(n: int, first: int, second: int, alike: dict[tuple[int, int], float]) -> bool:
    return min(alike[_pair(n, first)], alike[_pair(n, second)]) >= BETWEEN


def _pair(one: int, other: int) -> tuple[int, int]:
    return min(one, other), max(one, other)


def _two_events(near: list[int], far: list[int], alike: dict[tuple[int, int], float]) -> bool:
    if min(len(near), len(far)) < PART:
        return False
    between = [alike[_pair(one, other)] for one in near for other in far]
    inside = [[alike[pair] for pair in combinations(part, 2)] for part in (near, far)]
    return _mean(between) < BETWEEN and all(_mean(part) >= WITHIN for part in inside)


def _mean(values: list[float]) -> float:
    return sum(values) / len(values)
