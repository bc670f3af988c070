"""All checks on one sentence. Pure and deterministic; errs towards letting a sentence fail."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from summaries.gate import (
    bonds,
    causes,
    commitment,
    conditions,
    dates,
    degrees,
    directions,
    names,
    negation,
    numbers,
    quotes,
    roles,
    slots,
    speaker,
    strength,
    swaps,
    titles,
)
from summaries.gate.decision import Decision
from summaries.gate.finding import Finding
from summaries.gate.namelists import NameLists
from summaries.gate.pair import Pair, Source, read_pair, read_source
from summaries.gate.words import Words
from summaries.names import Gazetteer
from summaries.text import fold
from summaries.types import Reason, Span

# What these find refuses; what those find is weighed first, by how sure it is.
CERTAIN: tuple[Callable[[Pair], Iterator[Reason]], ...] = (
    quotes.check,
    numbers.check,
    dates.check,
    names.check,
)
WEIGHED: tuple[Callable[[Pair], Iterator[Finding]], ...] = (
    negation.check, speaker.check, strength.check, causes.check, roles.check, bonds.check, directions.check,
    degrees.check, commitment.check, conditions.check, slots.check, swaps.check, titles.check,
)  # fmt: skip
LONGEST_SENTENCE = 2_000  # characters: what is longer is no sentence, and would hold up all others
_KEPT = 64  # texts read and remembered: several sentences cite one article


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """Whether what is cited supports a sentence, and if not, why: `gate.number`, `gate.date`, `gate.name`,
    `gate.quote`, `gate.negation`, `gate.speaker`, `gate.strength`, `gate.role`, `gate.cause`, `gate.bond`,
    `gate.direction`, `gate.degree`, `gate.condition`, `gate.title`, `gate.empty`, `gate.long`.
    """

    supported: bool
    reasons: tuple[Reason, ...] = ()


class Gate:
    """Made once, with the gazetteer, the words that say the same or the opposite, and more names."""

    def __init__(self, gazetteer: Gazetteer, words: Words, names: NameLists, decision: Decision) -> None:
        self._gazetteer = gazetteer
        self._decision = decision
        self.words = words
        self.names = names
        self._source = lru_cache(maxsize=_KEPT)(self._read)

    def check(self, text: str, sentence: str, cited: Sequence[Span]) -> Verdict:
        """Judge `sentence` by the spans of `text` that it cites. Names may come from all of `text`, the rest only
        from what is cited. A sentence that stands in a cited span word for word passes.
        """
        if not sentence.strip() or not cited:
            return Verdict(supported=False, reasons=(Reason(code="gate.empty"),))
        if _verbatim(text, sentence, cited):
            return Verdict(supported=True)
        if len(sentence) > LONGEST_SENTENCE:
            return Verdict(supported=False, reasons=(Reason(code="gate.long"),))
        pair = read_pair(self._source(text), sentence, cited, self._gazetteer)
        reasons = tuple(dict.fromkeys(_Once(reason) for reason in self._reasons(pair)))
        return Verdict(supported=not reasons, reasons=tuple(once.reason for once in reasons))

    def refusing(self, text: str, sentence: str, cited: Sequence[Span]) -> frozenset[str]:
        """The checks that refuse a sentence, by the names of their modules: to measure what each is worth."""
        if _verbatim(text, sentence, cited):
            return frozenset()
        pair = read_pair(self._source(text), sentence, cited, self._gazetteer)
        return frozenset(name for name, _ in self._found(pair))

    def _reasons(self, pair: Pair) -> Iterator[Reason]:
        return (reason for _, reason in self._found(pair))

    def _found(self, pair: Pair) -> Iterator[tuple[str, Reason]]:
        for certain in CERTAIN:
            yield from ((_name(certain), reason) for reason in certain(pair))
        for weighed in WEIGHED:
            yield from (
                (_name(weighed), found.reason)
                for found in weighed(pair)
                if self._decision.refuses(pair, found)
            )

    def _read(self, text: str) -> Source:
        return read_source(text, self._gazetteer, self.words, self.names)


def _name(check: Callable[[Pair], Iterator[object]]) -> str:
    return check.__module__.rpartition(".")[2]


@dataclass(frozen=True)
class _Once:
    """A reason as a key: mappings have no hash."""

    reason: Reason

    def __hash__(self) -> int:
        return hash((self.reason.code, *sorted(self.reason.values.items())))


def _verbatim(text: str, sentence: str, cited: Sequence[Span]) -> bool:
    wanted = re.compile(rf"(?<!\w){re.escape(' '.join(fold(sentence).split()))}(?!\w)")
    return any(wanted.search(" ".join(fold(text[span.start : span.end]).split())) for span in cited)
