"""An article read once: words, sentences, names and stems, shared by all that understands it."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise

from summaries.names import Gazetteer, Mention
from summaries.text import Token, paragraphs, quotations, sentences, stem, tokens
from summaries.types import Article, Span


@dataclass(frozen=True, kw_only=True)
class Parsed:
    """A text with what is in it. Everything counts offsets of `text`. What only some ask for is worked out
    when it is first asked for.
    """

    text: str
    tokens: tuple[Token, ...]
    mentions: tuple[Mention, ...]

    @cached_property
    def sentences(self) -> tuple[Span, ...]:
        return sentences(self.text)

    @cached_property
    def paragraphs(self) -> tuple[Span, ...]:
        return paragraphs(self.text)

    @cached_property
    def quotations(self) -> tuple[Span, ...]:
        return quotations(self.text)

    @cached_property
    def stems(self) -> tuple[str, ...]:
        """The stem of each token; a word of a name keeps its folded form, so that no name becomes a verb."""
        return self.first_stems(len(self.text))

    def first_stems(self, until: int) -> tuple[str, ...]:
        """The stems of the words that begin before an offset."""
        named, words = self.named, self.tokens[: bisect_left(self._starts, until)]
        return tuple(word.folded if place in named else stem(word.text) for place, word in enumerate(words))

    def tokens_in(self, span: Span) -> Sequence[Token]:
        low, high = self.range_of(span)
        return self.tokens[low:high]

    def stems_in(self, span: Span) -> Sequence[str]:
        low, high = self.range_of(span)
        return self.stems[low:high]

    def mentions_in(self, span: Span) -> Sequence[Mention]:
        """The names that begin in the span."""
        starts = self._mention_starts
        return self.mentions[bisect_left(starts, span.start) : bisect_left(starts, span.end)]

    def mentions_around(self, span: Span) -> Sequence[Mention]:
        """The names that have a letter in the span."""
        low = bisect_left(self.mentions, span.start + 1, key=lambda mention: mention.end)
        return self.mentions[low : bisect_left(self._mention_starts, span.end)]

    def of(self, span: Span) -> str:
        return self.text[span.start : span.end]

    def between(self, first: int, last: int) -> str:
        """What stands between the words at two places: blanks, marks, the words among them."""
        return self.text[self.tokens[first].end : self.tokens[last].start]

    def range_of(self, span: Span) -> tuple[int, int]:
        """The places in `tokens` of the words that begin in the span."""
        return bisect_left(self._starts, span.start), bisect_left(self._starts, span.end)

    def range_of_token(self, offset: int) -> int:
        """The place of the token in which an offset falls, or of the next one."""
        return bisect_left(self._ends, offset + 1)

    @cached_property
    def _ends(self) -> list[int]:
        return [token.end for token in self.tokens]

    @cached_property
    def _starts(self) -> list[int]:
        return [token.start for token in self.tokens]

    @cached_property
    def _mention_starts(self) -> list[int]:
        return [mention.start for mention in self.mentions]

    @cached_property
    def clause_starts(self) -> list[int]:
        """The places of the words before which a mark stands that parts clauses: «،», «؛», «:» and the like."""
        gaps = pairwise(self.tokens)
        return [
            place
            for place, (one, other) in enumerate(gaps, start=1)
            if any(mark in "،؛,;:.؟!\n" for mark in self.text[one.end : other.start])
        ]

    @cached_property
    def named(self) -> frozenset[int]:
        """The places of the words that belong to names."""
        places: set[int] = set()
        for mention in self.mentions:
            low = bisect_left(self._starts, mention.start)
            if low == len(self._starts) or self._starts[low] > mention.start:
                low -= 1  # the name stands behind a clitic
            places.update(range(low, bisect_left(self._starts, mention.end)))
        return frozenset(places)


@dataclass(frozen=True, kw_only=True)
class Reading:
    """An article with its title and its body parsed."""

    article: Article
    title: Parsed
    body: Parsed
    gazetteer: Gazetteer = field(repr=False)

    @cached_property
    def lead(self) -> tuple[Span, ...]:
        """The first paragraph's sentences, at most two."""
        if not self.body.paragraphs:
            return ()
        first = self.body.paragraphs[0]
        return tuple(s for s in self.body.sentences if s.start < first.end)[:2]


def parse(text: str, gazetteer: Gazetteer, known: frozenset[str] = frozenset()) -> Parsed:
    """Read a text. `known`: ids of names that a text beside it spells in full (see `Gazetteer.find`)."""
    words = tokens(text)
    return Parsed(text=text, tokens=words, mentions=gazetteer.find(text, words, known))


def read(article: Article, gazetteer: Gazetteer) -> Reading:
    """Read an article. A short name in the title may be spelt in full in the body, and the other way."""
    body = parse(article.text, gazetteer, gazetteer.spelt_in_full(article.title))
    known = frozenset(mention.name.id for mention in body.mentions)
    return Reading(
        article=article, title=parse(article.title, gazetteer, known), body=body, gazetteer=gazetteer
    )
