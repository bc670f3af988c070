"""What a sentence attributes, lined up with what the source attributes: for the checks of speaker and strength."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from summaries.gate.actors import places_of
from summaries.gate.pair import Pair, Term
from summaries.gate.speech import BARE, DENY, Speech, content, speeches

_ENOUGH = 0.4  # of the words said that must be met for two speeches to be the same
_NEAR = 0.2  # how far behind the best another speech may be and still be meant
_LOOSE = 0.3  # the same where a speech covers its whole sentence
_LENGTH = 0.004  # for each word of a source speech: of two that fit, the shorter is meant
_MOST = 64  # speeches of the source that one may render
_WORDS = 2


@dataclass(frozen=True, slots=True)
class Match:
    """A speech of the claim and those of the source that it may render, best first."""

    claim: Speech
    sources: tuple[Speech, ...]
    likeness: float
    given: tuple[tuple[Speech, float], ...]  # every speech that is cited, with its likeness


@lru_cache(maxsize=1)
def matches(pair: Pair) -> tuple[Match, ...]:
    """For each speech of the claim what it may render; none where too few of its words are met."""
    found = []
    cited = _Cited(pair)
    given = [
        (speech, cited.said(speech, low, high)) for low, high, spoken in _cited(pair) for speech in spoken
    ]
    for speech in speeches(pair.claim, pair.actors, 0, len(pair.claim.tokens)):
        said = content(pair.terms, speech, pair.actors)
        if len(said) < _WORDS or not given:
            continue
        mine = [cited.alike(term) for term in said]
        scored = sorted(
            (
                (_likeness(mine, words) - _LENGTH * words.count, -number, other)
                for number, (other, words) in enumerate(given)
            ),
            key=lambda scored: scored[:2],
            reverse=True,
        )
        best = scored[0][0]
        if best >= _ENOUGH:
            least = best * (_LOOSE if speech.whole else 1 - _NEAR)
            near = tuple(other for score, _, other in scored[:_MOST] if score >= least)
            found.append(Match(speech, near, best, tuple((other, score) for score, _, other in scored)))
    return tuple(found)


_WHICH = 4  # words from a denial to «ما» of what it denies


def denies_another(pair: Pair, match: Match) -> bool:
    """Whether a sentence tells that one denies what another says: «نفى ما أعلنته …», «وهو ما نفاه فلان»."""
    tokens, at = pair.claim.tokens, match.claim.at
    taken_up = tokens[at].folded.endswith(("ه", "ها")) or (at > 0 and tokens[at - 1].folded == "ما")
    return match.claim.strength == DENY and (
        taken_up or any(token.folded == "ما" for token in tokens[at + 1 : at + 1 + _WHICH])
    )


def _cited(pair: Pair) -> Iterator[tuple[int, int, tuple[Speech, ...]]]:
    """The speeches of each cited sentence; one without a speaker right after another goes on with its speaker."""
    last, after = None, -1
    for low, high in pair.ranges:
        found = speeches(pair.source.parsed, pair.cited_actors, low, high, last if low == after else None)
        last = next((speech.actor for speech in reversed(found) if speech.actor), None)
        after = high
        yield low, high, found


@dataclass(frozen=True, slots=True)
class _Said:
    """The words of a cited speech: those between places, with names and titles or without them."""

    parts: tuple[tuple[int, int], ...]
    named: bool
    count: int


@dataclass(frozen=True, slots=True)
class _Alike:
    """Where words like one of the claim's stand in the source, and which of these name nobody."""

    everywhere: Sequence[int]
    bare: Sequence[int]


class _Cited:
    """The words of the source by their places, so that no speech need be gone through to find one in it."""

    def __init__(self, pair: Pair) -> None:
        self._pair, self._naming = pair, places_of(pair.cited_actors)
        self._places = self._by_place(pair.cited_terms)

    def said(self, speech: Speech, low: int, high: int) -> _Said:
        """What is said between two places, as `speech.content` has it."""
        low, high, own = max(low, speech.low), min(high, speech.high), speech.actor
        beside = [(low, own.low), (max(low, own.high), high)] if own and own.high > low else [(low, high)]
        parts = tuple((first, min(last, high)) for first, last in beside)
        bare = sum(_count(self._places.bare, *part) for part in parts)
        if bare >= BARE:
            return _Said(parts, False, bare)
        return _Said(parts, True, sum(_count(self._places.everywhere, *part) for part in parts))

    def alike(self, term: Term) -> _Alike:
        """Where the claim's word has its like."""
        return self._by_place(self._pair.alike(term.meaning))

    def _by_place(self, terms: Sequence[Term]) -> _Alike:
        places = sorted(term.place for term in terms)
        return _Alike(places, [place for place in places if place not in self._naming])


def _count(places: Sequence[int], low: int, high: int) -> int:
    return max(0, bisect_left(places, high) - bisect_left(places, low))


def _likeness(said: Sequence[_Alike], given: _Said) -> float:
    """The share of words said that are among those given."""
    met = sum(
        any(_count(words.everywhere if given.named else words.bare, *part) for part in given.parts)
        for words in said
    )
    return met / len(said)
