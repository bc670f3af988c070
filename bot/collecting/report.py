"""What a round of polling did, source by source."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal, TypeAlias

from summaries.revisions import Change
from summaries.types import ArticleId, SourceId

MOST_REVISED = 50

Status: TypeAlias = Literal["new", "unchanged", "failed", "skipped"]


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceOutcome:
    """What became of one source. `entries` is how many its feed lists (0 where it was not read), `error` a code.

    skipped: not asked this time, because its host asked for a pause or does not answer.
    """

    source: SourceId
    outlet: str
    status: Status
    entries: int = 0
    new_articles: int = 0
    revised_articles: int = 0
    pages_failed: int = 0
    error: str | None = None
    detail: str = ""  # for the log
    seconds: float = 0.0
    next_poll: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """Something an operator should hear of. `code`: failing, gone, moved, merged, gap, silent."""

    code: str
    source: SourceId
    outlet: str
    values: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Revised:
    """An article whose outlet changed its wording, and what changed (F26)."""

    article: ArticleId
    outlet: str
    url: str
    change: Change


@dataclass(frozen=True, slots=True, kw_only=True)
class CollectReport:
    """`revised` lists at most `MOST_REVISED` articles; the outcomes count them all."""

    at: datetime
    outcomes: tuple[SourceOutcome, ...] = ()
    notices: tuple[Notice, ...] = ()
    revised: tuple[Revised, ...] = ()

    @property
    def asked(self) -> int:
        """How many sources were asked in this round."""
        return sum(outcome.status != "skipped" for outcome in self.outcomes)

    @property
    def answered(self) -> int:
        """How many gave a feed, or said that it has not changed."""
        return sum(outcome.status in ("new", "unchanged") for outcome in self.outcomes)

    @property
    def new_articles(self) -> int:
        return sum(outcome.new_articles for outcome in self.outcomes)

    @property
    def failed(self) -> tuple[SourceOutcome, ...]:
        return tuple(outcome for outcome in self.outcomes if outcome.status == "failed")
