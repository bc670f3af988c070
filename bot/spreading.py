"""A large audience is not served in one second. Pure: where each delivery falls, and how long all of them take."""

from datetime import timedelta
from hashlib import blake2b

SENDS_A_SECOND = 25  # of one bot, a little below what platforms take, so that alerts still find room
LARGE = 1_000
LONGEST = timedelta(minutes=30)


def spread(audience: int, bots: int) -> timedelta:
    """Over how long the deliveries of one window are spread: not at all for a small audience."""
    if audience < LARGE:
        return timedelta()
    return min(LONGEST, timedelta(seconds=audience / (SENDS_A_SECOND * max(1, bots))))


def jitter(id: str, over: timedelta) -> timedelta:
    """Where in that time one delivery falls: the same every day, and even over all of them."""
    share = int.from_bytes(blake2b(id.encode(), digest_size=8).digest()) / 2**64
    return over * share


def expected(audience: int, bots: int) -> timedelta:
    """How long it takes until the last one has it."""
    return max(spread(audience, bots), timedelta(seconds=audience / (SENDS_A_SECOND * max(1, bots))))
