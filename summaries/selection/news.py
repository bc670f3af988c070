"""The sentences that carry the news of a story or an article to a reader: whole, able to stand alone, none twice."""

import math
import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cached_property
from typing import NamedTuple

from summaries.resolve import leans, shown
from summaries.selection.concepts import Concept, concepts, weigh
from summaries.selection.units import Document, Unit, document, sentence_tokens, undated, units
from summaries.text import fold, stop_words, tokens
from summaries.types import Article, ArticleId, Sentence, SourceSpan, Statement

_OPENING = 5  # sentences of each of several articles
_OPENING_SINGLE = 14
_LONGEST = 75  # words of a sentence
_LENGTH = 30  # words by which length is levelled where the first sentence is sought
_ENOUGH = 0.15  # of the best opening's worth, that a further sentence adds, where articles agree
_ROOM = 37  # words that a sentence may have on average, where there are as many as may be
_BEAM = 4
_SAME = 0.65  # share of the words of the shorter of two sentences from which they say the same
_PAST = 0.5  # what a sentence of background is worth
_BACKGROUND = re.compile(
    r"^(?:يذكر ان|تجدر الاشاره|يشار الي|جدير بالذكر|والجدير|من الجدير"
    r"|وكان\w* .{0,30}قد |و?[يت]عتبر القانون|يشار ان|ومنذ |و?سبق )"
)
_SHORT = 12  # words: a line of fewer without a stop at its end is a heading or a link
_CAPTION = 22  # words: so is one of fewer in an article that ends its sentences with stops
_ENDS = '.!؟…"»”)'
_FURNITURE = re.compile(
    r"^(?:اقرأ|إقرأ|شاهد|تابعوا?|المصدر|صورة|الصورة|مصدر الصورة|التعليق على|Getty|Reuters|AFP|©|نشر في|آخر تحديث)"
)


class _Choice(NamedTuple):
    """Units that may be told together."""

    units: tuple[Unit, ...]
    covered: frozenset[Concept]
    words: int
    worth: float


_NOTHING = _Choice((), frozenset(), 0, 0.0)


class News:
    """Articles on one event, weighed together. `statements` of each, as far as they are known."""

    def __init__(
        self, articles: Sequence[Article], statements: Mapping[ArticleId, Sequence[Statement]]
    ) -> None:
        self._articles, self._statements = articles, statements
        self._documents: list[Document] = [undated(document(article)) for article in articles]
        self._words = [sentence_tokens(source) for source in self._documents]
        self._opening = _OPENING if len(articles) > 1 else _OPENING_SINGLE
        self._weights = weigh(self._documents, self._words, self._opening) if articles else {}

    def worth(self, text: str) -> float:
        """How much of what the articles share a short text says, for its length."""
        keys = [token.folded for token in tokens(text)]
        return self._gain(set(concepts(keys))) / math.sqrt(len(keys) + 4) if keys else -1.0

    def sentences(self, most: int) -> tuple[Sentence, ...]:
        """At most `most` sentences, an article's opening first, that say most of what matters in a limited length."""
        everything = self._candidates()
        candidates = [unit for unit in everything if not self._leans(unit)] or everything
        return tuple(self._sentence(unit) for unit in self._as_read(self._best(candidates, most)))

    def _best(self, candidates: Sequence[Unit], most: int) -> tuple[Unit, ...]:
        """The units that together have the most weight within `_ROOM` words each, by a beam search."""
        leads = [unit for unit in candidates if self._leads(unit)] or candidates
        beam = _heaviest([self._grown(_NOTHING, unit) for unit in leads])
        best = beam[0] if beam else _NOTHING
        least = _ENOUGH * best.worth if len(self._documents) > 1 else 0.0
        for _ in range(most - 1):
            beam = _heaviest(
                [
                    self._grown(choice, unit)
                    for choice in beam
                    for unit in candidates
                    if choice.words + unit.words <= _ROOM * most and not _repeats(unit, choice.units)
                ]
            )
            grown = [choice for choice in beam if choice.worth >= best.worth + least]
            best = max(grown, key=_worth, default=best)
        return best.units

    def _grown(self, choice: "_Choice", unit: Unit) -> "_Choice":
        inside = frozenset(concepts(unit.keys))
        gain = self._gain(inside - choice.covered) * self._foreground(unit)
        return _Choice(
            (*choice.units, unit), choice.covered | inside, choice.words + unit.words, choice.worth + gain
        )

    def _as_read(self, chosen: Sequence[Unit]) -> list[Unit]:
        """The opening with most weight for its length first, what follows in the order of time and text."""
        later = sorted(chosen, key=lambda unit: (unit.document, unit.sentence))
        first = max(later, key=lambda unit: (self._leads(unit), self._density(unit)), default=None)
        return [unit for unit in later if unit is first] + [unit for unit in later if unit is not first]

    def _density(self, unit: Unit) -> float:
        return self._gain(set(concepts(unit.keys))) / math.sqrt(unit.words + _LENGTH)

    def _candidates(self) -> list[Unit]:
        return [unit for number in range(len(self._documents)) for unit in self._of_document(number)]

    def _of_document(self, number: int) -> list[Unit]:
        source = self._documents[number]
        found = units(source, number, self._words[number], self._opening, least=6)
        return [u for u in found if u.whole and u.words <= _LONGEST and not _furniture(source, u)]

    @cached_property
    def _first(self) -> list[int]:
        """The first sentence of each document that is none of its furniture."""
        return [
            min((unit.sentence for unit in self._of_document(number)), default=0)
            for number in range(len(self._documents))
        ]

    def _gain(self, inside: Collection[Concept]) -> float:
        return sum(self._weights.get(concept, 0.0) for concept in inside)

    def _leads(self, unit: Unit) -> bool:
        """Whether a unit is the first sentence of its article that is none of its furniture."""
        return unit.sentence == self._first[unit.document]

    def _foreground(self, unit: Unit) -> float:
        source = self._documents[unit.document]
        return _PAST if _BACKGROUND.match(fold(source.text[unit.spans[0].start :][:40])) else 1.0

    def _leans(self, unit: Unit) -> bool:
        source = self._documents[unit.document]
        return leans(_text(source, unit), self._statements.get(source.id, ()), unit.spans[0], source.text)

    def _sentence(self, unit: Unit) -> Sentence:
        source, article = self._documents[unit.document], self._articles[unit.document]
        text, span = _text(source, unit), unit.spans[0]
        return Sentence(
            text=text,
            shown=shown(text, span, source.text, self._statements.get(source.id, ()), article.published),
            spans=(SourceSpan(article=source.id, start=span.start, end=span.end),),
            url=source.url,
        )


def _worth(choice: _Choice) -> float:
    return choice.worth


def _heaviest(choices: Sequence[_Choice]) -> list[_Choice]:
    """The best of them, each set of units once."""
    kept: dict[frozenset[Unit], _Choice] = {}
    for choice in sorted(choices, key=_worth, reverse=True):
        kept.setdefault(frozenset(choice.units), choice)
    return list(kept.values())[:_BEAM]


def _text(source: Document, unit: Unit) -> str:
    return " ".join(source.text[span.start : span.end] for span in unit.spans)


def _furniture(source: Document, unit: Unit) -> bool:
    """Whether a line is a caption, a link or a heading rather than a sentence."""
    text = _text(source, unit)
    if _FURNITURE.match(text) or (unit.words < _SHORT and text[-1] not in _ENDS):
        return True
    return unit.words < _CAPTION and text[-1] not in _ENDS and _ends_sentences(source)


def _ends_sentences(source: Document) -> bool:
    """Whether an article of several sentences puts a stop after most of them."""
    ended = sum(source.text[span.end - 1] in _ENDS for span in source.sentences)
    return len(source.sentences) > 2 and ended > len(source.sentences) / 2


def content(keys: Iterable[str]) -> frozenset[str]:
    """The words that say something, without the conjunction and the article before them."""
    return frozenset(key.removeprefix("و").removeprefix("ال") for key in keys if key not in stop_words)


def _repeats(unit: Unit, chosen: Sequence[Unit]) -> bool:
    """Whether a unit is one of the chosen, or says nearly the same."""
    words = content(unit.keys)
    others = (content(other.keys) for other in chosen)
    return any(len(words & other) >= _SAME * max(1, min(len(words), len(other))) for other in others)
