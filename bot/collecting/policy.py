"""How politely and how often: the numbers in one place."""

from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    shortest: timedelta = timedelta(minutes=5)  # between two polls of a source
    first: timedelta = timedelta(minutes=15)  # until the rhythm of a source is known
    slowest: timedelta = timedelta(hours=6)  # of what we choose ourselves
    longest: timedelta = timedelta(hours=24)  # of what a source may ask for, and of a back-off
    jitter: float = 0.1  # at most this part of an interval is added
    notice_after: int = 5  # failures in a row until the operator hears of it
    outage: timedelta = timedelta(minutes=30)  # no source has answered for so long: the network may be away
    ask_plainly_after: int = 2  # failures in a row: a server may stumble over its own validators
    redirects_before_moving: int = 3  # consistent permanent redirects
    silent_after: timedelta = timedelta(days=3)  # without anything new, for a source that used to write daily

    in_flight: int = 100  # over all hosts
    per_host: int = 2
    gap: timedelta = timedelta(milliseconds=500)  # between two requests to one host
    give_up_host_after: int = 2  # time-outs in a row, for this round

    read_pages: bool = True  # without, the feed's own text is all there is
    pages: int = 20  # read for one source in one round; the rest waits for the next
    oldest_at_first: timedelta = timedelta(days=14)  # a first poll takes nothing older
    stub: int = 350  # characters: a shorter text may still be filled in
    look_again: tuple[timedelta, ...] = (
        timedelta(minutes=10),
        timedelta(minutes=30),
        timedelta(hours=1),
        timedelta(hours=3),
        timedelta(hours=8),
        timedelta(hours=24),
    )
    future: timedelta = timedelta(minutes=15)  # a date further ahead than this is not believed
