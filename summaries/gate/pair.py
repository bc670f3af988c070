"""A sentence beside what it cites: both read once, their words lined up. What every check looks at."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from summaries.gate.actors import Actor, actors, places_of, titles_of
from summaries.gate.affiliations import Titled, affiliations, with_affiliations
from summaries.gate.amounts import figures
from summaries.gate.figure import Figure
from summaries.gate.identity import same
from summaries.gate.namelists import NameLists, land_stem
from summaries.gate.parties import Party, names_marked, parties
from summaries.gate.places import Ranges
from summaries.gate.short_forms import short_forms
from summaries.gate.transliteration import sound_row
from summaries.gate.words import Meaning, Words, bare_forms, little, root_of
from summaries.names import Gazetteer, Kind, Mention
from summaries.reading import Parsed, parse
from summaries.text import Token
from summaries.types import Span


@dataclass(frozen=True, slots=True)
class Term:
    """A word that says something: its place among the tokens, and what it may mean."""

    place: int
    token: Token
    meaning: Meaning


@dataclass(frozen=True, kw_only=True)
class Source:
    """A text that sentences cite, read once for all of them."""

    parsed: Parsed
    words: Words
    names: NameLists

    @cached_property
    def _figures(self) -> dict[Span, list[Figure]]:
        return {}

    def figures(self, span: Span) -> list[Figure]:
        """The numbers of a span, read once for all sentences that cite it."""
        if span not in self._figures:
            self._figures[span] = figures(self.parsed, span)
        return self._figures[span]

    @cached_property
    def ids(self) -> frozenset[str]:
        return frozenset(mention.name.id for mention in self.parsed.mentions)

    @cached_property
    def meant(self) -> frozenset[str]:
        """The ids of the names that the text gives by a definite short form: «القطاع»."""
        return frozenset(name for _, name in short_forms(self.parsed, self.ids).values())

    @cached_property
    def folded(self) -> frozenset[str]:
        """Every word of the text, folded, with and without a letter or an article before it."""
        found = set[str]()
        for token in self.parsed.tokens:
            found.update(bare_forms(token.folded))
        return frozenset(found)

    @cached_property
    def sounds(self) -> dict[str, list[str]]:
        """The words of the text by the consonants that are heard."""
        found: dict[str, list[str]] = defaultdict(list)
        for word in self.folded:
            found[sound_row(word)].append(word)
        return found

    @cached_property
    def land_stems(self) -> frozenset[str]:
        return frozenset(land_stem(token.folded) for token in self.parsed.tokens)

    @cached_property
    def states(self) -> frozenset[int]:
        """The states that the text names, itself or by a capital or a people."""
        return frozenset(state for word in self.folded if (state := self.names.state_of(word)) is not None)

    @cached_property
    def keys(self) -> frozenset[str]:
        """The keys of every word of the text."""
        return frozenset(key for token in self.parsed.tokens for key in self.words.meaning(token.text).keys)

    @cached_property
    def _bare_actors(self) -> tuple[Actor, ...]:
        return actors(self.parsed, 0, len(self.parsed.tokens))

    @cached_property
    def affiliations(self) -> Mapping[str, frozenset[str]]:
        """For whom the people of the text speak."""
        return affiliations(self.parsed, self._bare_actors)

    @cached_property
    def actors(self) -> tuple[Actor, ...]:
        return self.affiliated(self.parsed, self._bare_actors)

    def affiliated(self, parsed: Parsed, found: tuple[Actor, ...]) -> tuple[Actor, ...]:
        """Those spoken of in this text, or in a sentence about it, with those for whom they speak."""
        return with_affiliations(parsed, found, self.affiliations, self._titled)

    @cached_property
    def _titled(self) -> Titled:
        return Titled(self._bare_actors)

    @cached_property
    def marked(self) -> frozenset[str]:
        """What the text marks as names that no list has."""
        return names_marked(self.parsed)

    @cached_property
    def parties(self) -> tuple[Party, ...]:
        return parties(self.parsed, self.actors, self.marked, self.names, self.ids)

    @cached_property
    def titles(self) -> dict[str, frozenset[str]]:
        """By the id of a person: the words of the titles that the text gives them."""
        return titles_of(self.actors)

    @cached_property
    def named(self) -> frozenset[int]:
        """The places of all the words that name somebody."""
        return places_of(self.actors)

    @cached_property
    def neighbours(self) -> frozenset[tuple[str, str]]:
        """Every two words that stand beside each other, folded."""
        return frozenset((one.folded, two.folded) for one, two in pairwise(self.parsed.tokens))

    @cached_property
    def _terms(self) -> tuple[Term, ...]:
        return _terms(self.parsed, self.words)

    @cached_property
    def by_meaning(self) -> Mapping[str | int, Sequence[Term]]:
        """The terms by each of their keys and groups."""
        found: dict[str | int, list[Term]] = defaultdict(list)
        for term in self._terms:
            for mark in _marks(term.meaning):
                found[mark].append(term)
        return found

    @cached_property
    def by_state(self) -> Mapping[str, Sequence[Term]]:
        """The terms by the state that they name."""
        found: dict[str, list[Term]] = defaultdict(list)
        named = states_named(self.parsed)
        for term in self._terms:
            for state in named.get(term.place, _NONE):
                found[state].append(term)
        return found

    def terms(self, low: int, high: int) -> tuple[Term, ...]:
        """The terms between two places."""
        return self._terms[
            bisect_left(self._terms, low, key=_place) : bisect_left(self._terms, high, key=_place)
        ]


@dataclass(frozen=True, kw_only=True, eq=False)
class Pair:
    """A sentence (`claim`) and the spans of the source that it cites."""

    claim: Parsed
    source: Source
    cited: tuple[Span, ...]

    @property
    def words(self) -> Words:
        return self.source.words

    @cached_property
    def ranges(self) -> tuple[tuple[int, int], ...]:
        """The places of the cited tokens."""
        return tuple(self.source.parsed.range_of(span) for span in self.cited)

    @cached_property
    def places(self) -> Ranges:
        """The same, to look up what lies in them."""
        return Ranges(self.ranges)

    @cached_property
    def figures(self) -> list[Figure]:
        """The numbers of the claim."""
        return figures(self.claim, Span(start=0, end=len(self.claim.text)))

    @cached_property
    def cited_figures(self) -> list[list[Figure]]:
        """The numbers of each cited span."""
        return [self.source.figures(span) for span in self.cited]

    @cached_property
    def cited_text(self) -> str:
        return "\n".join(self.source.parsed.of(span) for span in self.cited)

    @cached_property
    def terms(self) -> tuple[Term, ...]:
        return _terms(self.claim, self.words)

    @cached_property
    def keys(self) -> frozenset[str]:
        """The keys of the claim's words."""
        return frozenset(key for term in self.terms for key in term.meaning.keys)

    @cached_property
    def cited_terms(self) -> tuple[Term, ...]:
        return tuple(term for low, high in self.ranges for term in self.source.terms(low, high))

    @cached_property
    def cited_keys(self) -> frozenset[str]:
        """The keys of the cited words."""
        return frozenset(key for term in self.cited_terms for key in term.meaning.keys)

    @cached_property
    def cited_roots(self) -> frozenset[str]:
        return frozenset(root for term in self.cited_terms if (root := root_of(term.token.folded)))

    @cached_property
    def cited_mentions(self) -> tuple[Mention, ...]:
        return tuple(mention for span in self.cited for mention in self.source.parsed.mentions_in(span))

    @cached_property
    def actors(self) -> tuple[Actor, ...]:
        return self.source.affiliated(self.claim, actors(self.claim, 0, len(self.claim.tokens)))

    @cached_property
    def parties(self) -> tuple[Party, ...]:
        return parties(self.claim, self.actors, self.source.marked, self.source.names, self.source.ids)

    @cached_property
    def cited_actors(self) -> tuple[Actor, ...]:
        return tuple(actor for actor in self.source.actors if self.places.at(actor.low))

    @cached_property
    def _may_be_cited(self) -> dict[int, bool]:
        return {}

    def may_be_cited(self, actor: Actor) -> bool:
        """Whether one of the claim's may be one of those who are cited."""
        if actor.low not in self._may_be_cited:
            titles = self.source.titles
            self._may_be_cited[actor.low] = any(
                same(actor, other, titles) is not False for other in self.cited_actors
            )
        return self._may_be_cited[actor.low]

    @cached_property
    def aligned(self) -> dict[int, tuple[Term, ...]]:
        """For the place of each of the claim's terms the cited terms that may say the same."""
        states, mine = self.source.by_state, states_named(self.claim)
        return {
            term.place: self._in_order(
                [
                    *self.alike(term.meaning),
                    *(o for s in mine.get(term.place, _NONE) for o in states.get(s, ())),
                ]
            )
            for term in self.terms
        }

    def alike(self, meaning: Meaning) -> tuple[Term, ...]:
        """The cited terms that may say the same as a word."""
        known = self.source.by_meaning
        return self._in_order(o for mark in _marks(meaning) for o in known.get(mark, ()))

    def _in_order(self, found: Iterable[Term]) -> tuple[Term, ...]:
        """Those that are cited, each once, as they are cited."""
        cited = {term.place: (term, held) for term in found if (held := self.places.at(term.place))}
        return tuple(cited[place][0] for place in sorted(cited, key=lambda p: (self._rank[cited[p][1]], p)))

    @cached_property
    def _rank(self) -> dict[tuple[int, int], int]:
        return {held: number for number, held in enumerate(self.ranges)}

    @cached_property
    def _forms(self) -> dict[int, list[Term]]:
        return {
            term.place: [
                o for o in self.aligned[term.place] if not term.meaning.keys.isdisjoint(o.meaning.keys)
            ]
            for term in self.terms
        }

    def cited_forms(self, term: Term) -> list[Term]:
        """The cited words that are forms of one of the claim's words."""
        return self._forms[term.place]

    @cached_property
    def liked(self) -> Mapping[int, Sequence[Term]]:
        """By the place of a cited word: the claim's words that may say the same."""
        return _turned(self.terms, self.aligned)

    @cached_property
    def rendered(self) -> Mapping[int, Sequence[Term]]:
        """By the place of a cited word: the claim's words of which it is a form."""
        return _turned(self.terms, self._forms)

    def range_at(self, place: int) -> tuple[int, int]:
        """The places of the cited tokens among which a place stands. Raises `LookupError` where it is not cited."""
        found = self.places.at(place)
        if found is None:
            raise LookupError(place)
        return found

    def supported(self, low: int, high: int) -> tuple[int, int]:
        """Of the claim's terms between two places: how many the cited words carry, and how many there are."""
        inside = [term for term in self.terms if low <= term.place < high]
        return sum(bool(self.aligned[term.place]) for term in inside), len(inside)


_NONE: frozenset[str] = frozenset()
_OF_STATES = (Kind.COUNTRY, Kind.DEMONYM, Kind.CITY, Kind.GOVERNMENT)


def _marks(meaning: Meaning) -> Iterator[str | int]:
    """By what a word's likes are known: words are alike that have one in common."""
    yield from meaning.keys
    yield from meaning.groups


def _turned(terms: Iterable[Term], others: Mapping[int, Iterable[Term]]) -> dict[int, list[Term]]:
    found: dict[int, list[Term]] = defaultdict(list)
    for term in terms:
        for other in others[term.place]:
            found[other.place].append(term)
    return dict(found)


def _place(term: Term) -> int:
    return term.place


def states_named(parsed: Parsed) -> dict[int, frozenset[str]]:
    """By the place of a word that names a state, its people or its capital: the state («الروسي»، «روسيا»)."""
    return {
        place: frozenset({mention.name.side, mention.name.country} - {""})
        for mention in parsed.mentions
        if mention.name.kind in _OF_STATES
        for place in range(*parsed.range_of(Span(start=mention.start, end=mention.end)))
    }


_ACCEPTED = frozenset(("قبل", "وقبل", "فقبل"))  # «he accepted» where it opens a sentence, «before» elsewhere


def _terms(parsed: Parsed, words: Words) -> tuple[Term, ...]:
    return tuple(
        Term(place, token, words.meaning(token.text))
        for place, token in enumerate(parsed.tokens)
        if not little(token.folded)
        or (token.folded in _ACCEPTED and (place == 0 or parsed.tokens[place - 1].folded == "قد"))
    )


def read_source(text: str, gazetteer: Gazetteer, words: Words, names: NameLists) -> Source:
    """Read a text that will be cited."""
    return Source(parsed=parse(text, gazetteer), words=words, names=names)


def read_pair(source: Source, sentence: str, cited: Sequence[Span], gazetteer: Gazetteer) -> Pair:
    """Read a sentence against its source. A short name may be spelt in full in the source."""
    return Pair(claim=parse(sentence, gazetteer, source.ids), source=source, cited=_apart(cited))


def _apart(cited: Sequence[Span]) -> tuple[Span, ...]:
    """What is cited, as it is cited; where spans overlap, each letter once and in the order of the text."""
    ordered = sorted(cited, key=lambda span: span.start)
    if all(one.end <= other.start for one, other in pairwise(ordered)):
        return tuple(cited)
    found: list[Span] = []
    for span in ordered:
        if found and span.start < found[-1].end:
            found[-1] = Span(start=found[-1].start, end=max(found[-1].end, span.end))
        else:
            found.append(span)
    return tuple(found)


def clause_of(parsed: Parsed, place: int, low: int, high: int) -> tuple[int, int]:
    """The places of the clause around a word, bounded by «،», «؛», «:» and the like."""
    starts = parsed.clause_starts
    number = bisect_left(starts, place + 1)
    first = max(low, starts[number - 1] if number else low) if place > low else place
    last = min(high, starts[number] if number < len(starts) else high) if place + 1 < high else place + 1
    return first, last
