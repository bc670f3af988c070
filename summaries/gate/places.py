"""Looking up what stands at a place, among names, titles or words that follow one another in a text.

Whatever is looked in is in the order of the text and does not overlap, so that nothing need be gone through.
"""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from itertools import accumulate
from operator import attrgetter
from typing import Protocol, TypeVar


class Standing(Protocol):
    """What stands between two tokens of a text."""

    @property
    def low(self) -> int: ...

    @property
    def high(self) -> int: ...


Stands = TypeVar("Stands", bound=Standing)
_low, _high = attrgetter("low"), attrgetter("high")


def beginning(found: Sequence[Stands], low: int, high: int) -> Sequence[Stands]:
    """Those that begin between two places, the last excluded."""
    return found[bisect_left(found, low, key=_low) : bisect_left(found, high, key=_low)]


def ending(found: Sequence[Stands], low: int, high: int) -> Sequence[Stands]:
    """Those of which one past the last word lies between two places, the last excluded."""
    return found[bisect_left(found, low, key=_high) : bisect_left(found, high, key=_high)]


def touching(found: Sequence[Stands], low: int, high: int) -> Sequence[Stands]:
    """Those that have a word between two places."""
    return found[bisect_left(found, low + 1, key=_high) : bisect_left(found, high, key=_low)]


def covers(found: Sequence[Stands], place: int) -> bool:
    """Whether one of them has the word at a place."""
    return bool(touching(found, place, place + 1))


class Ranges:
    """Ranges of places that are cited, in any order; none overlaps another. An empty one holds nothing, but begins."""

    def __init__(self, ranges: Iterable[tuple[int, int]]) -> None:
        self._ranges = sorted(ranges)
        self._starts = [low for low, _ in self._ranges]
        self._reach = list(accumulate((high for _, high in self._ranges), max))

    def at(self, place: int) -> tuple[int, int] | None:
        """The range in which a place lies."""
        number = bisect_left(self._starts, place + 1) - 1
        return self._ranges[number] if number >= 0 and place < self._ranges[number][1] else None

    def touch(self, low: int, high: int) -> bool:
        """Whether a range begins between two places, or holds them both."""
        number = bisect_left(self._starts, low + 1) - 1
        begins = bisect_left(self._starts, low) < bisect_left(self._starts, high)
        return begins or (number >= 0 and self._reach[number] >= high)
