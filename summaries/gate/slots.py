"""Slots: a name that stands where what is cited has another of its sort.

Who is in the article need not be in what is cited, and who is cited need not be meant there. So a name counts as
exchanged where what is cited has, beside the words that the sentence puts next to it, another name of the same sort
that the sentence leaves out; absence alone proves nothing, for a pronoun or a title may have meant it.
"""

from collections.abc import Iterator, Sequence
from enum import Enum

from summaries.gate.bonds import Unit, clauses, meant, on_a_side, units, weights
from summaries.gate.finding import Evidence, Finding
from summaries.gate.pair import Pair, Term, clause_of
from summaries.gate.parties import Party, may_be_person, sound
from summaries.gate.places import beginning, touching
from summaries.gate.words import keys
from summaries.names import Kind
from summaries.reading import Parsed
from summaries.statements.verbs import verb_of
from summaries.text import Token
from summaries.types import Reason, Span

_BESIDE = 3  # words from a name to what stands next to it
_NEAR = 4  # the same in what is cited, where an adjective or title may come between
_APPOSED = 6  # words from a title to the name that it belongs to


class Sort(Enum):
    """What may stand in one another's place."""

    PERSON = "person"
    LAND = "land"
    PLACE = "place"
    BODY = "body"  # known, as a movement or a paper is
    CALLED = "called"  # a body that the article alone has


_LANDS = ("country:", "city:", "demonym:", "land:", "government:")
_PLACES = ("place:", "site:")
_NAMES = ("w:", "person:")


def sorts_of(party: Party) -> frozenset[Sort]:
    """What a party may be, by what it is known by and where it stands; a bare name may be somebody's or a body's."""
    if any(key.startswith(_LANDS) for key in party.ids):
        return frozenset({Sort.PLACE if party.place else Sort.LAND})
    if party.place or any(key.startswith(_PLACES) for key in party.ids):
        return frozenset({Sort.PLACE})
    if any(key.startswith("person:") for key in party.ids):
        return frozenset({Sort.PERSON})
    if any(key.startswith("w:") for key in party.ids):
        body = party.heads and not may_be_person(party)
        return frozenset({Sort.CALLED}) if body else frozenset({Sort.PERSON} if party.heads else _BARE)
    return frozenset({Sort.BODY})


_BARE = frozenset({Sort.PERSON, Sort.CALLED})


def name_words(parsed: Parsed, party: Party) -> frozenset[str]:
    """The keys of what a party is called, without its titles."""
    inside = range(party.low, party.high)
    first, last = parsed.tokens[party.low].start, parsed.tokens[party.high - 1].end
    people = {
        place
        for mention in parsed.mentions_around(Span(start=first, end=last))
        if mention.name.kind is Kind.PERSON
        for place in range(*parsed.range_of(Span(start=mention.start, end=mention.end)))
    }
    called = [p for p in inside if p in people or sound(parsed.tokens[p].folded) in party.ids]
    return frozenset(key for p in called or inside for key in keys(parsed.tokens[p].text))


def check(pair: Pair) -> Iterator[Finding]:
    """`gate.bond` for a name that stands where what is cited has another that the sentence leaves out."""
    cited = units(pair)
    inside = frozenset(p for party in pair.parties for p in range(party.low, party.high))
    for party in pair.parties:
        if not party.ids or on_a_side(party) or not _of_article(pair, party):
            continue
        unit = _best(pair, cited)
        if unit is None:
            return
        absent = not _anywhere(pair, party)
        rival = (
            _uncited(pair, party, unit)
            if absent
            else _beside(pair, party, inside, cited)
            if not party.heads
            else None
        )
        if rival is not None:
            reason = Reason(code="gate.bond", values={"name": party.text})
            yield Finding(reason=reason, place=party.low, evidence=Evidence.EXCHANGED)
            return


def _of_article(pair: Pair, party: Party) -> bool:
    """Whether the article knows a name; one that it does not is none, or is for the check of names."""
    if any(not party.ids.isdisjoint(other.ids) for other in pair.source.parties):
        return True
    called = any(key.startswith("w:") for key in party.ids)
    return called and not name_words(pair.claim, party).isdisjoint(pair.source.keys)


def _best(pair: Pair, cited: Sequence[Unit]) -> Unit | None:
    """The cited sentence that carries most of the sentence's words."""
    scores = weights(pair, [(term, 1.0) for term in pair.terms], cited)
    return cited[scores.index(max(scores))] if cited else None


def _anywhere(pair: Pair, party: Party) -> bool:
    """Whether a party, or a word of its name, stands in what is cited."""
    words = name_words(pair.claim, party)
    if any(not words.isdisjoint(keys(token.text)) for token in _cited_tokens(pair)):
        return True
    cited = _cited(pair)
    if not sorts_of(party).isdisjoint(_BARE):
        return any(
            _may_be(party, other) and not _apposed(pair.source.parsed, other, cited) for other in cited
        )
    states = {state for m in pair.cited_mentions for state in (m.name.side, m.name.country)}
    return not party.states.isdisjoint(states) or any(meant(party, other) for other in cited)


def _cited_tokens(pair: Pair) -> list[Token]:
    return [token for low, high in pair.ranges for token in pair.source.parsed.tokens[low:high]]


def _may_be(person: Party, other: Party) -> bool:
    """Whether a title without a name may mean somebody."""
    titled = other.heads and not any(key.startswith(_NAMES) for key in other.ids)
    return bool(titled) and meant(person, other)


def _cited(pair: Pair) -> list[Party]:
    return [p for p in pair.source.parties if pair.places.at(p.low)]


def _apposed(parsed: Parsed, title: Party, others: Sequence[Party]) -> bool:
    """Whether a title without a name belongs to a name after it: «القيادي في الحركة فلان»."""
    if title.ids:
        return False
    for other in beginning(others, title.high, title.high + _APPOSED + 1):
        if other.ids and other.personal:
            gap = parsed.between(title.high - 1, other.low)
            return not any(mark in gap for mark in "،؛.:") and not any(
                verb_of(token.folded) for token in parsed.tokens[title.high : other.low]
            )
    return False


def _left_out(pair: Pair, party: Party) -> bool:
    """Whether the sentence has neither a cited party nor a word of its name."""
    if any(meant(mine, party) or meant(party, mine) for mine in pair.parties):
        return False
    words = name_words(pair.source.parsed, party)
    return not any(not words.isdisjoint(term.meaning.keys) for term in pair.terms)


def _uncited(pair: Pair, party: Party, unit: Unit) -> Party | None:
    """Who stands in what is cited for a name that does not."""
    own = sorts_of(party)
    return next(
        (p for p in unit.parties if p.ids and not own.isdisjoint(sorts_of(p)) and _left_out(pair, p)), None
    )


def _beside(pair: Pair, party: Party, inside: frozenset[int], cited: Sequence[Unit]) -> Party | None:
    """Who stands, in what is cited, with the words next to a name, while it stands with none of them."""
    low, high = clause_of(pair.claim, party.low, 0, len(pair.claim.tokens))
    anchors = [
        term
        for term in pair.terms
        if max(low, party.low - _BESIDE) <= term.place < min(high, party.high + _BESIDE)
        and term.place not in inside
    ]
    own, found = sorts_of(party), None
    parts, named = clauses(pair), [p for unit in cited for p in unit.parties]
    source = pair.source.parsed
    for term in anchors:
        for other in pair.cited_forms(term):
            first, last = clause_of(source, other.place, *pair.range_at(other.place))
            near = [
                p
                for p in touching(named, other.place - _NEAR, other.place + _NEAR + 1)
                if p.ids and first <= p.low < last and _distance(p, other) <= _NEAR
            ]
            around = touching(parts, other.place, other.place + 1)
            if any(meant(party, p) for part in around for p in part.parties):
                return None
            found = found or next(
                (p for p in near if not own.isdisjoint(sorts_of(p)) and _left_out(pair, p)), None
            )
    return found


def _distance(party: Party, term: Term) -> int:
    return party.low - term.place if party.low > term.place else term.place - party.high + 1
