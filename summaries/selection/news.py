"""The sentences that carry the news of a story or an article to a reader: whole, able to stand alone, none twice."""

import math
import re
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from functools import cached_property

from summaries.resolve import leans, shown
from summaries.selection.concepts import Concept, concepts, weigh
from summaries.selection.units import Document, Unit, document, sentence_tokens, units
from summaries.text import fold, stop_words, tokens
from summaries.types import Article, ArticleId, Sentence, SourceSpan, Statement

_OPENING = 5  # sentences of each of several articles
_OPENING_SINGLE = 14
_LONGEST = 75  # words of a sentence
_ENOUGH = 0.12  # of the best sentence's worth, that a further one adds
_TOLD = 0.4  # what a word still counts that was told, in one article
_ONCE = 0.05  # what a word that stands once in the article counts
_LATER = 0.04  # how much a sentence of one article loses with each before it
_FIRST = 1.3  # how much more an article's first sentence is worth
_PAST = 0.5  # what a sentence of background is worth
_BACKGROUND = re.compile(
    r"^(?:يذكر ان|تجدر الاشاره|يشار الي|جدير بالذكر|والجدير|من الجدير"
    r"|وكان\w* .{0,30}قد |و?[يت]عتبر القانون|يشار ان|ومنذ |و?سبق )"
)
_SHORT = 12  # words: a line of fewer without a stop at its end is a heading
_ENDS = '.!؟…"»”)'
_FURNITURE = re.compile(
    r"^(?:اقرأ|إقرأ|شاهد|تابعوا?|المصدر|صورة|الصورة|مصدر الصورة|التعليق على|Getty|Reuters|AFP|©|نشر في|آخر تحديث)"
)


class News:
    """Articles on one event, weighed together. `statements` of each, as far as they are known."""

    def __init__(
        self, articles: Sequence[Article], statements: Mapping[ArticleId, Sequence[Statement]]
    ) -> None:
        self._articles, self._statements = articles, statements
        self._documents: list[Document] = [document(article) for article in articles]
        self._words = [sentence_tokens(source) for source in self._documents]
        self._opening = _OPENING if len(articles) > 1 else _OPENING_SINGLE
        self._weights = weigh(self._documents, self._words, self._opening) if articles else {}

    @cached_property
    def _often(self) -> Counter[str]:
        return Counter(token.folded for source in self._documents for token in source.tokens)

    def worth(self, text: str) -> float:
        """How much of what the articles share a short text says, for its length."""
        keys = [token.folded for token in tokens(text)]
        return self._gain(set(concepts(keys))) / math.sqrt(len(keys) + 4) if keys else -1.0

    def sentences(self, most: int) -> tuple[Sentence, ...]:
        """At most `most` sentences, the one with the most weight first; each adds what the others lack."""
        everything = self._candidates()
        candidates = [unit for unit in everything if not self._leans(unit)] or everything
        covered: set[Concept] = set()
        chosen: list[Unit] = []
        least = 0.0
        while candidates and len(chosen) < most:
            leads = [unit for unit in candidates if unit.sentence == 0]
            open_to = leads if leads and not chosen else candidates
            worth, place = max((self._worth(unit, covered), -n) for n, unit in enumerate(open_to))
            if worth <= least:
                break
            least = least or (_ENOUGH * worth if len(self._documents) > 1 else 1e-9)
            chosen.append(open_to[-place])
            covered |= set(concepts(chosen[-1].keys))
            candidates = [unit for unit in candidates if not _repeats(unit, chosen)]
        return tuple(self._sentence(unit) for unit in chosen)

    def _candidates(self) -> list[Unit]:
        return [
            unit
            for number, source in enumerate(self._documents)
            for unit in units(source, number, self._words[number], self._opening, least=6)
            if unit.whole and unit.words <= _LONGEST and not _furniture(_text(source, unit))
        ]

    def _gain(self, inside: Collection[Concept]) -> float:
        return sum(self._weights.get(concept, 0.0) for concept in inside)

    def _worth(self, unit: Unit, covered: set[Concept]) -> float:
        if covered and len(self._documents) == 1:
            return self._theme(unit, covered)
        gain = self._gain(set(concepts(unit.keys)) - covered) * self._foreground(unit)
        return gain / math.sqrt(unit.words + 10) * (_FIRST if unit.sentence == 0 else 1.0)

    def _foreground(self, unit: Unit) -> float:
        source = self._documents[unit.document]
        return _PAST if _BACKGROUND.match(fold(source.text[unit.spans[0].start :][:40])) else 1.0

    def _theme(self, unit: Unit, covered: set[Concept]) -> float:
        """For what follows the lead of one article: how much a sentence says of what the article keeps returning to."""
        gain = sum(
            (self._often[key] if self._often[key] > 1 else _ONCE) * (_TOLD if key in covered else 1.0)
            for key in set(unit.keys) - stop_words
        )
        return gain * self._foreground(unit) / math.sqrt(unit.words + 10) / (1 + _LATER * unit.sentence)

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


def _text(source: Document, unit: Unit) -> str:
    return " ".join(source.text[span.start : span.end] for span in unit.spans)


def _furniture(text: str) -> bool:
    """Whether a line is a caption, a link or a heading rather than a sentence."""
    return bool(_FURNITURE.match(text)) or (len(text.split()) < _SHORT and text[-1] not in _ENDS)


def _repeats(unit: Unit, chosen: Sequence[Unit]) -> bool:
    """Whether a unit is one of the chosen, or says nearly the same."""
    mine = set(unit.keys)
    return any(len(mine & set(other.keys)) >= 0.6 * min(len(mine), len(set(other.keys))) for other in chosen)
