"""Findings: what a check that compares relations saw, and how it saw it; whether it refuses is decided elsewhere."""

from dataclasses import dataclass
from enum import StrEnum

from summaries.types import Reason


class Evidence(StrEnum):
    """How a check knows that a sentence and what it cites differ, the surest first."""

    EXCHANGED = "exchanged"  # what is cited names another, or an earlier stage, in the very place
    DIFFERS = "differs"  # what should say the same was found there and says something else
    MISSING = "missing"  # what should say the same was not found there, or in words that are not known


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """A reason to refuse a sentence, for the clause around its word at `place`; `high`: where the words end that are
    themselves in dispute, if there is more than that one.
    """

    reason: Reason
    place: int
    evidence: Evidence
    high: int = 0
