"""A sentence beside what it cites: both read once, their words lined up. What every check looks at."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from summaries.gate.actors import Actor, actors, titles_of
from summaries.gate.affiliations import affiliations, with_affiliations
from summaries.gate.amounts import figures
from summaries.gate.figure import Figure
from summaries.gate.namelists import NameLists, land_stem
from summaries.gate.parties import Party, names_marked, parties
from summaries.gate.short_forms import short_forms
from summaries.gate.transliteration import sound_row
from summaries.gate.words import Meaning, Words, bare_forms, little
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
        return with_affiliations(parsed, found, self.affiliations, self._bare_actors)

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

    def terms(self, low: int, high: int) -> tuple[Term, ...]:
        return _terms(self.parsed, self.words, low, high)


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
        return _terms(self.claim, self.words, 0, len(self.claim.tokens))

    @cached_property
    def cited_terms(self) -> tuple[Term, ...]:
        return tuple(term for low, high in self.ranges for term in self.source.terms(low, high))

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
        return tuple(
            actor for actor in self.source.actors if any(low <= actor.low < high for low, high in self.ranges)
        )

    @cached_property
    def aligned(self) -> dict[int, tuple[Term, ...]]:
        """For the place of each of the claim's terms the cited terms that may say the same."""
        alike = self.words.alike
        mine, theirs = _states(self.claim), _states(self.source.parsed)
        return {
            term.place: tuple(
                other
                for other in self.cited_terms
                if alike(term.meaning, other.meaning)
                or not mine.get(term.place, _NONE).isdisjoint(theirs.get(other.place, _NONE))
            )
            for term in self.terms
        }

    def cited_forms(self, term: Term) -> list[Term]:
        """The cited words that are forms of one of the claim's words."""
        return [o for o in self.aligned[term.place] if not term.meaning.keys.isdisjoint(o.meaning.keys)]

    def range_at(self, place: int) -> tuple[int, int]:
        """The places of the cited tokens among which a place stands."""
        return next((low, high) for low, high in self.ranges if low <= place < high)

    def supported(self, low: int, high: int) -> tuple[int, int]:
        """Of the claim's terms between two places: how many the cited words carry, and how many there are."""
        inside = [term for term in self.terms if low <= term.place < high]
        return sum(bool(self.aligned[term.place]) for term in inside), len(inside)


_NONE: frozenset[str] = frozenset()
_OF_STATES = (Kind.COUNTRY, Kind.DEMONYM, Kind.CITY, Kind.GOVERNMENT)


def _states(parsed: Parsed) -> dict[int, frozenset[str]]:
    """By the place of a word that names a state, its people or its capital: the state («الروسي»، «روسيا»)."""
    return {
        place: frozenset({mention.name.side, mention.name.country} - {""})
        for mention in parsed.mentions
        if mention.name.kind in _OF_STATES
        for place in range(*parsed.range_of(Span(start=mention.start, end=mention.end)))
    }


_ACCEPTED = frozenset(("قبل", "وقبل", "فقبل"))  # «he accepted» where it opens a sentence, «before» elsewhere


def _terms(parsed: Parsed, words: Words, low: int, high: int) -> tuple[Term, ...]:
    return tuple(
        Term(place, token, words.meaning(token.text))
        for place, token in enumerate(parsed.tokens[low:high], start=low)
        if not little(token.folded)
        or (token.folded in _ACCEPTED and (place == 0 or parsed.tokens[place - 1].folded == "قد"))
    )


def read_source(text: str, gazetteer: Gazetteer, words: Words, names: NameLists) -> Source:
    """Read a text that will be cited."""
    return Source(parsed=parse(text, gazetteer), words=words, names=names)


def read_pair(source: Source, sentence: str, cited: Sequence[Span], gazetteer: Gazetteer) -> Pair:
    """Read a sentence against its source. A short name may be spelt in full in the source."""
    return Pair(claim=parse(sentence, gazetteer, source.ids), source=source, cited=tuple(cited))


def clause_of(parsed: Parsed, place: int, low: int, high: int) -> tuple[int, int]:
    """The places of the clause around a word, bounded by «،», «؛», «:» and the like."""
    first = place
    while first > low and not _parted(parsed, first):
        first -= 1
    last = place + 1
    while last < high and not _parted(parsed, last):
        last += 1
    return first, last


def _parted(parsed: Parsed, place: int) -> bool:
    """Whether a mark stands before the word at a place."""
    gap = parsed.between(place - 1, place)
    return any(mark in gap for mark in "،؛,;:.؟!\n")
