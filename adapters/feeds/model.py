"""What a feed holds: raw, as some reader found it, and as the rest of the house uses it."""

from dataclasses import dataclass
from datetime import timedelta
from typing import NamedTuple

from adapters.http import FetchError
from summaries.types import Entry


class RawItem(NamedTuple):
    """An item as a parser of the format gives it, nothing interpreted. Texts may hold markup."""

    id: str = ""
    title: str = ""
    link: str = ""
    published: str = ""
    updated: str = ""
    summary: str = ""
    content: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RawFeed:
    """`known` is whether the document is a feed at all: a feed may be empty."""

    title: str = ""
    items: tuple[RawItem, ...] = ()
    known: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Cadence:
    """How often a feed says that it wants to be read. Hours of the day in GMT, days by their English name."""

    ttl: timedelta | None = None
    skip_hours: frozenset[int] = frozenset()
    skip_days: frozenset[str] = frozenset()
    update_period: timedelta | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ParsedFeed:
    """A feed that was read, or the reason why it was not (`error`; then there are no entries).

    Entries stand as the feed lists them, each once. `reader` tells which parser read it, `encoding` what the bytes
    were read as, `damaged` how many characters could not be read. `cut`: the document ends early, there is more.
    """

    title: str = ""
    entries: tuple[Entry, ...] = ()
    cadence: Cadence = Cadence()
    error: FetchError | None = None
    reader: str = ""
    encoding: str = ""
    damaged: int = 0
    cut: bool = False

    @property
    def ttl(self) -> timedelta | None:
        return self.cadence.ttl

    @property
    def skip_hours(self) -> frozenset[int]:
        return self.cadence.skip_hours

    @property
    def skip_days(self) -> frozenset[str]:
        return self.cadence.skip_days

    @property
    def update_period(self) -> timedelta | None:
        return self.cadence.update_period
