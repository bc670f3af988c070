"""Whether what a check found is sure enough to refuse a sentence."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass

from summaries.figures import numbers
from summaries.gate.finding import Evidence, Finding
from summaries.gate.number_words import ORDINALS
from summaries.gate.pair import Pair, Term, clause_of
from summaries.gate.words import bare_forms


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """For the code of a reason and its evidence: how well the clause must be lined up before the reason counts."""

    least: Mapping[tuple[str, Evidence], float]

    @classmethod
    def parse(cls, text: str) -> "Decision":
        """A TOML file with a table of evidence for each code; what is not in it counts always."""
        value: Mapping[str, Mapping[str, float]] = tomllib.loads(text)
        return cls(
            least={
                (f"gate.{code}", Evidence(evidence)): least
                for code, row in value.items()
                for evidence, least in row.items()
            }
        )

    def refuses(self, pair: Pair, found: Finding) -> bool:
        """Whether the clause of a finding is lined up well enough for it to be believed."""
        least = self.least.get((found.reason.code, found.evidence), 0.0)
        return least == 0.0 or alignment(pair, found.place, found.high) >= least


def alignment(pair: Pair, place: int, high: int = 0) -> float:
    """The share of content words that have a like in what is cited: of the clause around a word and of all the
    sentence, on average. The words in dispute, from `place` to `high`, do not count against it.

    Where much was said in other words, what seems to be changed or missing may stand there in words that the gate does
    not know.
    """
    disputed = range(place, max(high, place + 1))
    whole = 0, len(pair.claim.tokens)
    clause = clause_of(pair.claim, place, *whole)
    return sum(_share(pair, part, disputed) for part in (clause, whole)) / 2


def _counts(term: Term) -> bool:
    """Whether a word is a number, which is compared by its value."""
    return bool(numbers(term.token.text)) or not ORDINALS.keys().isdisjoint(bare_forms(term.token.folded))


def _share(pair: Pair, part: tuple[int, int], disputed: range) -> float:
    inside = [t.place for t in pair.terms if part[0] <= t.place < part[1] and not _counts(t)]
    met = sum(bool(pair.aligned[place]) for place in inside)
    there = met + sum(not pair.aligned[place] and place not in disputed for place in inside)
    return met / there if there else 1.0
