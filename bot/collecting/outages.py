"""Whether the network is away: no source answers any more, though many were asked. Pure.

A failure says nothing of its source then. It is not counted, and the source is asked again soon, so that one outage is
one message to the operators, and all that comes back by itself is back soon after the network.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.collecting.policy import Policy
from summaries.types import SourceId

OUTAGE = "outage"
"""The code of a failure while the network is away."""
UNREACHED = frozenset({"timeout", "connection", "dns"})
"""The codes of failures that may be the network's."""
PART = 3  # one in so many sources must fail


class Standing(Protocol):
    """How a source stands, as a `SourceState` tells too."""

    @property
    def source(self) -> SourceId: ...

    @property
    def last_polled(self) -> datetime | None: ...

    @property
    def last_answered(self) -> datetime | None: ...

    @property
    def failures(self) -> int: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Network:
    """`newest`: when any source answered last; `alive`: how many answered in the day before; `failing`: how many of
    those have been asked since, and failed.
    """

    newest: datetime | None = None
    alive: int = 0
    failing: int = 0

    @classmethod
    def of(cls, standings: Iterable[Standing], policy: Policy) -> "Network":
        known = [(s, s.last_answered) for s in standings if s.last_answered is not None]
        newest = max((answered for _, answered in known), default=None)
        if newest is None:
            return cls()
        alive = [s for s, answered in known if newest - answered <= policy.longest]
        failing = [s for s in alive if s.failures and s.last_polled is not None and s.last_polled > newest]
        return cls(newest=newest, alive=len(alive), failing=len(failing))

    def away(self, now: datetime, policy: Policy) -> bool:
        """Whether nobody has answered for a while, and those who were asked are more than a few dead sources."""
        if self.newest is None or now - self.newest < policy.outage:
            return False
        return self.failing >= 2 and self.failing * PART >= self.alive
