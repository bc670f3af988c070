"""Bonds: whom and what a sentence names must stand, in the source, with the words that the sentence ties to them.

A sentence may be true word for word and still tell of one party what the source tells of another. For each party the
check takes the content words of its clause and looks for the source sentence that carries most of them: the party
must stand there too, be meant there by a title, a pronoun or a verb without a subject, or have no rival there whom the
sentence does not name.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise

from summaries.gate.finding import Evidence, Finding
from summaries.gate.pair import Pair, Term, clause_of
from summaries.gate.parties import Party, alike_heads, is_many, is_paper, may_be_person
from summaries.gate.places import beginning, ending
from summaries.reading import Parsed
from summaries.statements.verbs import verb_of
from summaries.text import fold
from summaries.types import Reason, Span

_NEEDED = 1.5  # words that the best sentence must carry, each divided by the sentences that have it
_AHEAD = 2.0  # how many times more than any sentence in which the party stands
_LEAST = 4  # words in a clause
_TURNS = frozenset(fold(w) for w in "بينما فيما في غير لكن لكنه لكنها أما حين مقابل فيما على خلافا".split())
_FAR = 0.3  # what a word outside the clause counts
_LIKE = 0.6  # what a word of the same group counts, against the word itself
_OPENING = 5  # words into a sentence within which its subject stands
_BACK = 12  # parties before a sentence whom a pronoun in it may mean
_WITHIN = 60  # the same before a clause of one sentence


_SITES = frozenset(
    fold(lead + noun)
    for noun in "المدينة البلدة القرية المخيم القطاع المنطقة الحي العاصمة المعبر الجزيرة الميناء الإقليم".split()
    for lead in ("", "و", "ب")
) | frozenset(fold(w) for w in "للمدينة للبلدة للقرية للمخيم للقطاع للمنطقة للعاصمة هناك".split())
_OF_PLACES = ("place:", "city:", "country:", "site:", "land:")
_THEIRS, _SHORT = ("ه", "ها", "هم", "هما"), 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """A cited sentence and the parties in it; `before` are those of the sentence before it."""

    low: int
    high: int
    parties: tuple[Party, ...]
    before: tuple[Party, ...]
    sited: bool  # names a place by a noun: «المدينة»
    refers: bool  # begins with «his», «her», «their»: of somebody in the sentence before


def check(pair: Pair) -> Iterator[Finding]:
    """`gate.bond` for a party whose words the source ties to another, whom the sentence does not name."""
    own = [_with_heads(party, pair) for party in pair.parties]
    inside = _inside(pair, own)
    for party in own:
        if _titled_as_another(party, pair.source.parties):
            yield _finding(party, Evidence.DIFFERS)
            return
    cited = units(pair)
    if len(cited) > 1:
        found = _astray(pair, own, inside, cited)
        if found is not None:
            yield _finding(found, Evidence.MISSING)


def _finding(party: Party, evidence: Evidence) -> Finding:
    reason = Reason(code="gate.bond", values={"name": party.text})
    return Finding(reason=reason, place=party.low, evidence=evidence)


def _astray(
    pair: Pair, own: Sequence[Party], inside: frozenset[int], cited: tuple[Unit, ...]
) -> Party | None:
    """The first party whose words stand with another in what is cited."""
    for party in own:
        if not party.ids or _counted_among(pair, party):
            continue
        terms = _around(pair, party, inside)
        scores = weights(pair, terms, cited)
        best = max(range(len(cited)), key=lambda number: scores[number])
        if scores[best] < _NEEDED or not any(_direct(party, other) for u in cited for other in u.parties):
            continue
        there = [_present(party, unit) for unit in cited]
        beside = max((s for s, present in zip(scores, there, strict=True) if present), default=0.0)
        if there[best] or scores[best] < _AHEAD * beside:
            continue
        if (
            on_a_side(party)
            or _taken_up(pair, cited, best, there)
            or _in_place(pair, party, inside, cited, there)
        ):
            continue
        if _rival(party, cited[best], own) is not None:
            return party
    return None


_AMONG = frozenset(fold(w) for w in "بينهم بينها بينهن منهم منها منهن".split())
_LISTED = 8  # words after «بينهم» that are of its list


def _counted_among(pair: Pair, party: Party) -> bool:
    """Whether a party is one of those counted after «بينهم», whom the source may count in a sentence of its own."""
    first, _ = clause_of(pair.claim, party.low, 0, len(pair.claim.tokens))
    before = pair.claim.tokens[max(first, party.low - _LISTED) : party.low]
    return any(token.folded in _AMONG for token in before)


_BESIDE = 3  # words from a party to those that stand next to it


def _in_place(
    pair: Pair, party: Party, inside: frozenset[int], cited: Sequence[Unit], there: Sequence[bool]
) -> bool:
    """Whether a word right beside the party stands, in what is cited, where the party does: a sentence that joins two
    sources has words of both around each party.
    """
    low, high = clause_of(pair.claim, party.low, 0, len(pair.claim.tokens))
    near = range(max(low, party.low - _BESIDE), min(high, party.high + _BESIDE))
    for term in pair.terms:
        if term.place not in near or term.place in inside:
            continue
        having = _met(pair, term, cited)
        best = max(having.values(), default=0.0)
        if having and all(there[number] for number, met in having.items() if met == best):
            return True
    return False


def on_a_side(party: Party) -> bool:
    """Whether it is a side where something stands: «في الجانب المصري»."""
    return party.text.split()[0].endswith("الجانب")


_TAKING_UP = frozenset(
    fold(lead + word) for word in "هذا هذه ذلك تلك".split() for lead in ("", "و", "ب", "ل", "ول", "وب")
) - {fold("لذلك"), fold("ولذلك"), fold("بذلك"), fold("وبذلك")}


def _taken_up(pair: Pair, cited: tuple[Unit, ...], best: int, there: Sequence[bool]) -> bool:
    """Whether the party stands in the very next sentence and that one takes the matter up: «لهذا الطلب»."""
    if best + 1 >= len(cited) or not there[best + 1] or cited[best + 1].low != cited[best].high:
        return False
    one, two = cited[best], cited[best + 1]
    tokens, words = pair.source.parsed.tokens, pair.words
    known = [words.meaning(token.text) for token in tokens[one.low : one.high]]
    return any(
        tokens[place].folded in _TAKING_UP
        and any(words.alike(words.meaning(tokens[place + 1].text), other) for other in known)
        for place in range(two.low, two.high - 1)
    )


def _titled_as_another(party: Party, known: Sequence[Party]) -> bool:
    """Whether a person has the title that the article gives to another person alone."""
    if not party.personal or not party.heads:
        return False
    own = {head for other in known if not party.ids.isdisjoint(other.ids) for head in other.heads}
    others = {
        head for other in known if other.personal and party.ids.isdisjoint(other.ids) for head in other.heads
    }
    return bool(own) and not alike_heads(party.heads, own) and alike_heads(party.heads, others)


def _with_heads(party: Party, pair: Pair) -> Party:
    """A person with the titles that the article gives them."""
    if not party.personal or party.heads:
        return party
    heads = {
        head for other in pair.source.parties if not party.ids.isdisjoint(other.ids) for head in other.heads
    }
    return replace(party, heads=frozenset(heads))


@lru_cache(maxsize=1)
def units(pair: Pair) -> tuple[Unit, ...]:
    """The cited sentences."""
    return tuple(_units(pair))


@lru_cache(maxsize=1)
def clauses(pair: Pair) -> tuple[Unit, ...]:
    """The clauses of the cited sentences: cut before «بينما», «لكن» and the like, and before «و» with a verb."""
    found = []
    for unit in units(pair):
        cuts = [p for p in range(unit.low + _LEAST, unit.high - _LEAST) if _turns(pair.source.parsed, p)]
        for low, high in pairwise([unit.low, *cuts, unit.high]):
            before = unit.before if low == unit.low else tuple(ending(unit.parties, 0, low + 1)[-_WITHIN:])
            found.append(
                replace(
                    unit,
                    low=low,
                    high=high,
                    parties=tuple(beginning(unit.parties, low, high)),
                    before=before,
                    refers=unit.refers or low > unit.low,
                )
            )
    return tuple(found)


def _turns(parsed: Parsed, place: int) -> bool:
    """Whether a new clause begins at a word after a comma."""
    gap = parsed.between(place - 1, place)
    folded = parsed.tokens[place].folded
    return "،" in gap and (folded in _TURNS or (folded[0] in "وف" and verb_of(folded) is not None))


def _units(pair: Pair) -> Iterator[Unit]:
    source = pair.source
    for span in source.parsed.sentences:
        low, high = source.parsed.range_of(span)
        if low < high and pair.places.touch(low, high):
            before = tuple(ending(source.parties, 0, low + 1)[-_BACK:])
            first = min((p.high for p in beginning(source.parties, low, low + _OPENING)), default=high)
            opening = source.parsed.tokens[low : min(high, first + 1, low + _OPENING)]
            yield Unit(
                low=low, high=high, parties=tuple(beginning(source.parties, low, high)), before=before,
                sited=any(token.folded in _SITES for token in source.parsed.tokens[low:high]),
                refers=any(token.text.endswith(_THEIRS) and len(token.text) > _SHORT for token in opening),
            )  # fmt: skip


def _inside(pair: Pair, own: Sequence[Party]) -> frozenset[int]:
    """The places of the sentence's names, with the words beside an unknown name that stand beside it in the source."""
    beside = pair.source.neighbours
    tokens, found = pair.claim.tokens, set[int]()
    for party in own:
        if not party.ids:
            continue
        found.update(range(party.low, party.high))
        if party.personal:
            if party.low and (tokens[party.low - 1].folded, tokens[party.low].folded) in beside:
                found.add(party.low - 1)
            if (
                party.high < len(tokens)
                and (tokens[party.high - 1].folded, tokens[party.high].folded) in beside
            ):
                found.add(party.high)
    return frozenset(found)


def _around(pair: Pair, party: Party, inside: frozenset[int]) -> list[tuple[Term, float]]:
    """The sentence's words that say something, each with how near it is to the party: in its clause or not."""
    low, high = clause_of(pair.claim, party.low, 0, len(pair.claim.tokens))
    if any(other.low < party.low for other in pair.parties):
        inside |= _quoted(pair, party)
    return [
        (term, 1.0 if low <= term.place < high else _FAR)
        for term in pair.terms
        if term.place not in inside and pair.aligned[term.place]
    ]


def _quoted(pair: Pair, party: Party) -> frozenset[int]:
    """The places of the words that others than a party say between quotation marks: not its own."""
    claim, found = pair.claim, set[int]()
    for quoted in _QUOTATION.finditer(claim.text):
        low, high = claim.range_of(Span(start=quoted.start(1), end=quoted.end(1)))
        if not low <= party.low < high:
            found.update(range(low, high))
    return frozenset(found)


_QUOTATION = re.compile("«([^«»]+)»")


def weights(pair: Pair, terms: Iterable[tuple[Term, float]], units: Sequence[Unit]) -> list[float]:
    """What each unit counts for some words, each with how near it is: for a word one divided by how many units have
    it, more for the word itself.
    """
    found = [0.0] * len(units)
    for term, near in terms:
        met = _met(pair, term, units)
        for number, own in met.items():
            found[number] += near * (own / sum(met.values()))
    return found


def _met(pair: Pair, term: Term, units: Sequence[Unit]) -> dict[int, float]:
    """By the number of each unit that has a word: what that counts there. The units are in the order of the text."""
    found: dict[int, float] = {}
    for other in pair.aligned[term.place]:
        number = bisect_left(units, other.place + 1, key=_low) - 1
        if number >= 0 and other.place < units[number].high and found.get(number) != 1.0:
            itself = not term.meaning.keys.isdisjoint(other.meaning.keys)
            found[number] = 1.0 if itself else _LIKE
    return dict(sorted(found.items()))


def _low(unit: Unit) -> int:
    return unit.low


def _direct(party: Party, other: Party) -> bool:
    if not party.ids.isdisjoint(other.ids):
        return True
    return not party.personal and not party.states.isdisjoint(other.states)


def _present(party: Party, unit: Unit) -> bool:
    if party.place and any(other.place for other in unit.parties):
        return any(not party.ids.isdisjoint(other.ids) for other in unit.parties)
    if any(meant(party, other) for other in unit.parties):
        return True
    if unit.sited and (party.place or _is_site(party)):
        return True
    if party.place:
        return False
    opening = any(other.low - unit.low < _OPENING for other in unit.parties)
    return (not opening or unit.refers) and any(meant(party, other) for other in unit.before)


def _is_site(party: Party) -> bool:
    return any(key.startswith(_OF_PLACES) for key in party.ids)


def meant(party: Party, other: Party) -> bool:
    """Whether one of the source may be the party."""
    if not party.ids.isdisjoint(other.ids):
        return True
    if party.personal and other.personal:
        return False
    if party.states and other.states:
        return not party.states.isdisjoint(other.states) and (
            not (party.personal or other.personal)
            or not party.heads
            or not other.heads
            or alike_heads(party.heads, other.heads)
        )
    if other.ids and (party.ids or not alike_heads(party.heads, other.heads)):
        return False
    if party.heads and not other.ids:
        return alike_heads(party.heads, other.heads) or (is_paper(other) and not party.place)
    return other.definite and not is_many(other) and (may_be_person(other) or not party.personal)


def _rival(party: Party, unit: Unit, own: Sequence[Party]) -> Party | None:
    for other in unit.parties:
        if (other.place or _is_site(other) if party.place else not other.place) is False or is_paper(other):
            continue
        if not other.ids and not other.heads:
            continue
        if any(_covers(mine, other) for mine in own):
            continue
        return other
    return None


def _covers(mine: Party, other: Party) -> bool:
    if not mine.ids.isdisjoint(other.ids):
        return True
    if mine.personal and other.personal:
        return False
    if mine.states and other.states:
        return not mine.states.isdisjoint(other.states) and mine.place <= other.place
    return alike_heads(mine.heads, other.heads)
