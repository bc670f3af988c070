"""About one message a second in a channel."""

from collections import OrderedDict

CHANNELS = 10_000


class Pace:
    """Says how long to wait before a send; each answer takes the next place in the channel's line."""

    def __init__(self, *, seconds: float = 1.1, channels: int = CHANNELS) -> None:
        self._seconds = seconds
        self._channels = channels
        self._free: OrderedDict[str, float] = OrderedDict()

    def wait(self, channel: str, now: float) -> float:
        """Seconds from `now` (any monotonic clock) until this channel may be written to."""
        at = max(now, self._free.pop(channel, now))
        self._free[channel] = at + self._seconds
        while len(self._free) > self._channels:
            self._free.popitem(last=False)
        return at - now

    def halt(self, channel: str, until: float) -> None:
        """Slack asked to wait until then."""
        self._free[channel] = max(until, self._free.pop(channel, until))
