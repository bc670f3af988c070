"""What a sentence attributes, lined up with what the source attributes: for the checks of speaker and strength."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from summaries.gate.pair import Pair, Term
from summaries.gate.speech import DENY, Speech, content, speeches

_ENOUGH = 0.4  # of the words said that must be met for two speeches to be the same
_NEAR = 0.2  # how far behind the best another speech may be and still be meant
_LOOSE = 0.3  # the same where a speech covers its whole sentence
_LENGTH = 0.004  # for each word of a source speech: of two that fit, the shorter is meant
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
    given = [
        (speech, content(pair.source.terms(low, high), speech, pair.cited_actors))
        for low, high, spoken in _cited(pair)
        for speech in spoken
    ]
    for speech in speeches(pair.claim, pair.actors, 0, len(pair.claim.tokens)):
        said = content(pair.terms, speech, pair.actors)
        if len(said) < _WORDS or not given:
            continue
        scored = sorted(
            (
                (_likeness(pair, said, terms) - _LENGTH * len(terms), -number, other)
                for number, (other, terms) in enumerate(given)
            ),
            key=lambda scored: scored[:2],
            reverse=True,
        )
        best = scored[0][0]
        if best >= _ENOUGH:
            least = best * (_LOOSE if speech.whole else 1 - _NEAR)
            near = tuple(other for score, _, other in scored if score >= least)
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


def _likeness(pair: Pair, said: list[Term], given: list[Term]) -> float:
    """The share of words said that are among those given."""
    alike = pair.words.alike
    met = sum(any(alike(term.meaning, other.meaning) for other in given) for term in said)
    return met / len(said)
