"""The sentences that carry the news of a story or an article to a reader: whole, able to stand alone, none twice."""

import math
import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cached_property

from summaries.resolve import leans, shown
from summaries.selection.concepts import Concept, concepts, weigh
from summaries.selection.units import Document, Unit, document, sentence_tokens, undated, units
from summaries.text import fold, stop_words, tokens
from summaries.types import Article, ArticleId, Sentence, SourceSpan, Statement

_OPENING = 5  # sentences of each of several articles
_OPENING_SINGLE = 14
_LONGEST = 75  # words of a sentence
_ENOUGH = 0.12  # of the best sentence's worth, that a further one adds
_FIRST = 1.3  # how much more an article's first sentence is worth
_SAME = 0.65  # share of the words of the shorter of two sentences from which they say the same
_PAST = 0.5  # what a sentence of background is worth
_BACKGROUND = re.compile(
    r"^(?:يذكر ان|تجدر الاشاره|يشار الي|جدير بالذكر|والجدير|من الجدير"
    r"|وكان\w* .{0,30}قد |و?[يت]عتبر القانون|يشار ان|ومنذ |و?سبق )"
)
_SHORT = 12  # words: a line of fewer without a stop at its end is a heading or a link
_CAPTION = 22  # words: so is one of fewer in an article that ends its sentences with stops
_LENGTH = 30  # words by which a sentence's length is levelled: its worth is its weight over the root of both
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
        self._documents: list[Document] = [undated(document(article)) for article in articles]
        self._words = [sentence_tokens(source) for source in self._documents]
        self._opening = _OPENING if len(articles) > 1 else _OPENING_SINGLE
        self._weights = weigh(self._documents, self._words, self._opening) if articles else {}

    def worth(self, text: str) -> float:
        """How much of what the articles share a short text says, for its length."""
        keys = [token.folded for token in tokens(text)]
        return self._gain(set(concepts(keys))) / math.sqrt(len(keys) + 4) if keys else -1.0

    def sentences(self, most: int) -> tuple[Sentence, ...]:
        """At most `most` sentences, the one with the most weight first; each adds what the others lack."""
        everything = self._candidates()
        candidates = [unit for unit in everything if not self._leans(unit)] or everything
        chosen: list[Unit] = []
        covered: set[Concept] = set()
        least = 0.0
        while candidates and len(chosen) < most:
            leads = [unit for unit in candidates if self._leads(unit)]
            open_to = leads if leads and not chosen else candidates
            worth, place = max((self._worth(unit, covered), -n) for n, unit in enumerate(open_to))
            if worth <= least:
                break
            least = least or (_ENOUGH * worth if len(self._documents) > 1 else 1e-9)
            chosen.append(open_to[-place])
            covered |= set(concepts(chosen[-1].keys))
            candidates = [unit for unit in candidates if not _repeats(unit, chosen)]
        return tuple(self._sentence(unit) for unit in self._as_read(chosen))

    def _as_read(self, chosen: Sequence[Unit]) -> list[Unit]:
        """The weightiest first, what follows in the order of time and text."""
        later = sorted(chosen[1:], key=lambda unit: (unit.document, unit.sentence))
        return [*chosen[:1], *later]

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

    def _worth(self, unit: Unit, covered: set[Concept]) -> float:
        gain = self._gain(set(concepts(unit.keys)) - covered) * self._foreground(unit)
        return gain / math.sqrt(unit.words + _LENGTH) * (_FIRST if self._leads(unit) else 1.0)

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
