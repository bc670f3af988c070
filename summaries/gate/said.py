"""What a sentence attributes, lined up with what the source attributes: for the checks of speaker and strength."""

from collections.abc import Iterator
from dataclasses import dataclass

from summaries.gate.pair import Pair, Term
from summaries.gate.speech import Speech, content, speeches

_ENOUGH = 0.34  # of the words said that must be met for two speeches to be the same
_NEAR = 0.2  # how far behind the best another speech may be and still be meant
_LOOSE = 0.3  # the same where a speech covers its whole sentence
_WORDS = 2


@dataclass(frozen=True, slots=True)
class Match:
    """A speech of the claim and those of the source that it may render, best first."""

    claim: Speech
    sources: tuple[Speech, ...]
    likeness: float
    given: tuple[Speech, ...]  # every speech that is cited


def matches(pair: Pair) -> Iterator[Match]:
    """For each speech of the claim what it may render; none where too few of its words are met."""
    given = [
        (speech, content(pair.source.terms(low, high), speech, pair.cited_actors))
        for low, high in pair.ranges
        for speech in speeches(pair.source.parsed, pair.cited_actors, low, high)
    ]
    for speech in speeches(pair.claim, pair.actors, 0, len(pair.claim.tokens)):
        said = content(pair.terms, speech, pair.actors)
        if len(said) < _WORDS or not given:
            continue
        scored = sorted(
            ((_likeness(pair, said, terms), -number, other) for number, (other, terms) in enumerate(given)),
            key=lambda scored: scored[:2],
            reverse=True,
        )
        best = scored[0][0]
        if best >= _ENOUGH:
            least = best * (_LOOSE if speech.whole else 1 - _NEAR)
            near = tuple(other for score, _, other in scored if score >= least)
            yield Match(speech, near, best, tuple(other for other, _ in given))


def _likeness(pair: Pair, said: list[Term], given: list[Term]) -> float:
    """The share of words said that are among those given."""
    alike = pair.words.alike
    met = sum(any(alike(term.meaning, other.meaning) for other in given) for term in said)
    return met / len(said)
