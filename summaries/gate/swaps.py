"""Swaps: two nouns of one act that have changed places, whoever they are: «هاجم المستوطنون المزارعين».

No name and no title is needed: who stands right after a verb, or right before it, acts; who comes later suffers.
"""

from collections.abc import Iterator

from summaries.gate.actors import is_title
from summaries.gate.directions import MUTUAL, RECEIVING
from summaries.gate.finding import Evidence, Finding
from summaries.gate.pair import Pair, Term, clause_of
from summaries.gate.words import little, verbal_noun
from summaries.reading import Parsed
from summaries.statements.verbs import COMPLEMENTISERS, verb_of
from summaries.text import fold
from summaries.types import Reason

_AFTER = 7  # words after who acts among which the one stands to whom it is done
_BY = frozenset(fold(w) for w in "قبل يد جانب طرف أمام".split())
_WHO = frozenset(fold(w) for w in "الذي التي الذين اللذان اللذين اللتان اللتين".split())
_WITHIN = frozenset(fold(w) for w in "إن أن أنه أنها إنه إنها بأن الذي التي لأن".split()) | COMPLEMENTISERS


def check(pair: Pair) -> Iterator[Finding]:
    """`gate.role` where who acts in the sentence comes after the same verb in what is cited, and the other way."""
    for term in pair.terms:
        if not _acts(pair.claim, term.place):
            continue
        for other in pair.cited_forms(term):
            if (other.token.folded in RECEIVING) == (term.token.folded in RECEIVING) and _swapped(
                pair, term, other
            ):
                reason = Reason(
                    code="gate.role",
                    values={
                        "actor": pair.claim.tokens[_subject(pair.claim, term.place, 0)].text,
                        "act": term.token.text,
                    },
                )
                yield Finding(reason=reason, place=term.place, evidence=Evidence.EXCHANGED)
                return


def _acts(parsed: Parsed, place: int) -> bool:
    """Whether a word is likely a verb by which one does something to another."""
    token = parsed.tokens[place]
    if token.text.startswith(("ال", "وال", "بال", "لل", "فال")) or token.text.endswith(
        ("ة", "ات", "اء", "ا", "اً")
    ):
        return False
    if verbal_noun(token.folded) or is_title(token.folded) or place in parsed.named:
        return False  # of «احتجاز فلان» one cannot see who does it
    return token.folded not in MUTUAL and token.folded not in _WITHIN and "ُ" not in token.text[:4]


def _swapped(pair: Pair, mine: Term, theirs: Term) -> bool:
    source = pair.source.parsed
    low, high = pair.range_at(theirs.place)
    if not _acts(source, theirs.place):
        return False
    agent, other = _subject(pair.claim, mine.place, 0), _subject(source, theirs.place, low)
    if agent < 0 or other < 0:
        return False
    me = next((t for t in pair.terms if t.place == agent), None)
    if me is None or me in pair.liked.get(other, ()):
        return False
    suffering = _objects(source, theirs.place, other, high)
    suffered = _objects(pair.claim, mine.place, agent, len(pair.claim.tokens))
    return any(me in pair.rendered.get(place, ()) for place in suffering) and any(
        term.place in suffered for term in pair.rendered.get(other, ())
    )


def _subject(parsed: Parsed, verb: int, low: int) -> int:
    """The place of who acts: right after the verb, or right before it at the head of its clause; -1 where unknown."""
    if verb > low and parsed.tokens[verb - 1].folded in _WHO:
        return -1  # «التي دخلت القطاع»
    first, end = clause_of(parsed, verb, low, len(parsed.tokens))
    before = verb - 1
    heads = before == first or (before > first and parsed.tokens[before - 1].folded in COMPLEMENTISERS)
    if before >= first and heads and _noun(parsed, before):
        return before
    if verb + 1 < end and _noun(parsed, verb + 1):
        return verb + 1
    return _before(parsed, verb, low)


def _before(parsed: Parsed, verb: int, low: int) -> int:
    """The place of who acts in the clause before a verb joined to it that has nobody of its own: «وتوعد بكذا»."""
    first, _ = clause_of(parsed, verb, low, len(parsed.tokens))
    if first != verb or first <= low or parsed.tokens[verb].folded[0] not in "وف":
        return -1
    head, _ = clause_of(parsed, verb - 1, low, len(parsed.tokens))
    return head + 1 if _acts(parsed, head) and _noun(parsed, head + 1) else -1


def _noun(parsed: Parsed, place: int) -> bool:
    token = parsed.tokens[place]
    return not little(token.folded) and verb_of(token.folded) is None and token.folded[0] not in "بليت"


def _objects(parsed: Parsed, verb: int, agent: int, high: int) -> list[int]:
    """The places after who acts among which the one stands to whom it is done: none within what is said, by whom it
    is done, or in the genitive of who acts («مكتب الوزير»).
    """
    _, end = clause_of(parsed, verb, verb, high)
    found: list[int] = []
    definite = parsed.tokens[agent].folded.startswith("ال") or agent in parsed.named
    first = max(agent, verb) + 1
    for place in range(first, min(end, first + _AFTER)):
        folded = parsed.tokens[place].folded
        if folded in _WITHIN or folded in _BY:
            break
        if place == agent + 1 and not definite:
            continue
        found.append(place)
    return found
