"""Who is taken for dead: a pure decision, by the watcher's own clock."""

from datetime import UTC, datetime

from bot.engine.heart import Watch
from storage.workers import Worker


def worker(owner: str, beats: int) -> Worker:
    return Worker(
        id=owner,
        owner=owner,
        role="all",
        host="h",
        pid=1,
        beats=beats,
        started=datetime(2024, 1, 1, tzinfo=UTC),
    )


def looks(watch: Watch, counts: list[int], seconds: float, since: float = 0.0) -> list[bool]:
    """At each look, `seconds` apart, whether the life whose count is as given is silent."""
    return [bool(watch.silent([worker("b", n)], since + at * seconds)) for at, n in enumerate(counts)]


def test_a_count_that_stands_still_for_six_seconds_is_silent() -> None:
    """Six seconds without a beat are death, five are not, and one beat begins to count anew."""
    assert looks(Watch(), [7] * 7, 1.0) == [False] * 6 + [True]
    assert looks(Watch(), [7] * 6 + [8] * 6, 1.0) == [False] * 12


def test_who_could_not_look_does_not_bury_those_it_finds() -> None:
    """After an hour asleep a count that has not moved yet is no death: two seconds of it are counted."""
    watch = Watch()
    assert looks(watch, [7, 7], 1.0) == [False, False]
    assert looks(watch, [7, 7, 8], 1.0, since=3600.0) == [False] * 3


def test_a_slow_machine_finds_the_dead_all_the_same() -> None:
    """Where each look takes four seconds, death is found after three more of them and not never."""
    assert looks(Watch(), [7] * 4, 4.0) == [False] * 3 + [True]


def test_the_gone_are_forgotten() -> None:
    """A life that left and came back under its name starts to count from nothing."""
    watch = Watch()
    assert looks(watch, [7] * 5, 1.0) == [False] * 5
    assert watch.silent([], 5.0) == []
    assert looks(watch, [7] * 3, 1.0, since=6.0) == [False] * 3
