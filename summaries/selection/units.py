"""What a summary may consist of: sentences, and openings of sentences that end at a clause border.

An opening keeps the sentence's attribution: what follows «بحسب» or «وفقا لـ» at the sentence's end stays with it as a
second span. Nothing is cut inside quotation marks or brackets, before a clause that the opening waits for, or where
too little would be left to be a sentence.
"""

import re
from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, partial

from summaries.reading import Parsed, Reading
from summaries.text import Token, fold, sentences, tokens
from summaries.types import Article, ArticleId, Span

_WORD = re.compile(r"\S+")
_BORDER = re.compile(r"[،؛,](?=\s)|\s[-–—](?=\s)")
_ATTRIBUTION = re.compile(
    r"^[\s،\-–—]*و?(?:بحسب|حسب|حسبما|وفق|وفقا|طبقا|نقلا عن|كما (?:قال|ذكر|افاد|نقل|اعلن)|علي حد|في (?:بيان|تصريح))"
)
# Openings that wait for what follows the comma.
_WAITING = re.compile(
    r"^و?(?:بحسب|حسب|حسبما|وفق|وفقا|طبقا|نقلا|في (?:بيان|تصريح|حديث|مقابله|كلمه|وقت|الوقت|حين)|من جانبه|من جهته|من جهه"
    r"|بعد|قبل|عندما|حين|لما|اذا|لو|منذ|خلال|رغم|علي الرغم|بينما|فيما|اما|الي جانب|ردا|تعليقا|بالاضافه|ومع|مع)\b"
)
# «القدس (CNN) --», «رام الله - رويترز:», «غزة/صفا/»: where and by whom, before the first sentence.
_DATELINE = re.compile(
    r"[^\n.؟!:()«\"]{2,60}\([^()\n\d]{2,25}\)\s*[-–—:]{1,2}\s*"
    r"|[^\W\d_]{1,30}(?:[ ،]+[^\W\d_]{1,30}){0,3}[ ،]*\s[-–—]\s"
    r"[^\W\d_]{1,30}(?:[ .]+[^\W\d_]{1,30}){0,2}[ .]?\s?(?:[-–—]\s|:)\s*"
    r"|[^\n.؟!/]{2,30}/[^/\n]{2,20}/\s*[-–—]*\s*"
)
_LEAST = 7  # words of an opening
_FIRST, _FURTHER = (
    60,
    40,
)  # openings of one sentence: the first ones, and as many spread over those after them
_OPENERS, _CLOSERS = "«“([", "»”)]"


@dataclass(frozen=True)
class Unit:
    """A candidate: spans of one sentence of a document. `words`: blank-separated, as a budget counts them."""

    document: int
    sentence: int
    spans: tuple[Span, ...]
    words: int
    whole: bool
    tokens: Sequence[Token] = field(compare=False, repr=False)  # of its sentence

    @cached_property
    def keys(self) -> tuple[str, ...]:
        """Its folded tokens, in order."""
        return tuple(t.folded for t in self.tokens if any(s.start <= t.start < s.end for s in self.spans))


@dataclass(frozen=True, slots=True)
class Document:
    """An article as far as selection needs it."""

    id: ArticleId
    url: str
    text: str
    title: tuple[Token, ...]
    tokens: tuple[Token, ...]
    sentences: tuple[Span, ...]


def document(given: Reading | Article) -> Document:
    """The document of an article, read already or not."""
    if isinstance(given, Reading):
        article, title, body = given.article, given.title, given.body
        return _document(article, title.tokens, body)
    text = given.text
    return Document(given.id, given.url, text, tokens(given.title), tokens(text), sentences(text))


def _document(article: Article, title: tuple[Token, ...], body: Parsed) -> Document:
    return Document(article.id, article.url, article.text, title, body.tokens, body.sentences)


def undated(source: Document) -> Document:
    """The document, its first two sentences (the first may be a caption) without a dateline before them."""
    opening = (_without_dateline(source.text, span) for span in source.sentences[:2])
    return replace(source, sentences=(*opening, *source.sentences[2:]))


def _without_dateline(text: str, span: Span) -> Span:
    dateline = _DATELINE.match(text, span.start, span.end)
    if dateline is None or len(text[dateline.end() : span.end].split()) < _LEAST:
        return span
    return Span(start=dateline.end(), end=span.end)


def sentence_tokens(source: Document) -> list[Sequence[Token]]:
    """The tokens of each sentence, in order."""
    found: list[Sequence[Token]] = []
    place = 0
    for span in source.sentences:
        first = place
        while place < len(source.tokens) and source.tokens[place].start < span.end:
            place += 1
        found.append(source.tokens[first:place])
    return found


def units(
    source: Document, number: int, words: Sequence[Sequence[Token]], most: int, least: int = 4
) -> list[Unit]:
    """The units of a document's first `most` sentences that have `least` words or more."""
    found = []
    for place, span in enumerate(source.sentences[:most]):
        if len(words[place]) >= least:
            found += _of_sentence(source.text, span, partial(Unit, number, place, tokens=words[place]))
    return found


def _of_sentence(text: str, span: Span, unit: Callable[..., Unit]) -> list[Unit]:
    """The units of a sentence; `unit` makes one of its spans, its words, and whether it is whole."""
    borders = _borders(text, span)
    tail = _attribution(text, borders, span)
    words = [word.start() for word in _WORD.finditer(text, span.start, span.end)]
    of_tail = len(text[tail.start : tail.end].split()) if tail else 0
    found = [unit((span,), len(words), True)]
    if _WAITING.match(fold(text[span.start : span.start + 40])):
        borders = borders[1:]
    for border in _some(borders):
        if tail is not None and border >= tail.start:
            break
        count = bisect_left(words, border)
        if count >= _LEAST:
            opening = Span(start=span.start, end=border)
            found.append(unit((opening, tail) if tail else (opening,), count + of_tail, False))
    return found


def _some(borders: Sequence[int]) -> Sequence[int]:
    """The borders of a sentence; of one without end, where every opening would be as long again, not all."""
    further = borders[_FIRST:]
    return [*borders[:_FIRST], *further[:: -(-len(further) // _FURTHER) or 1]]


def _borders(text: str, span: Span) -> list[int]:
    """Where a clause ends, outside quotation marks and brackets."""
    found, opened, straight, last = [], 0, 0, span.start
    for border in _BORDER.finditer(text, span.start, span.end):
        passed = text[last : border.start()]
        opened += sum(map(passed.count, _OPENERS)) - sum(map(passed.count, _CLOSERS))
        straight += passed.count('"')
        last = border.start()
        if opened <= 0 and straight % 2 == 0:
            found.append(last)
    return found


def _attribution(text: str, borders: Sequence[int], span: Span) -> Span | None:
    """The last clause without its comma, where it says who reported."""
    if borders:
        clause = text[borders[-1] : span.end]
        if _ATTRIBUTION.match(fold(clause)):
            skipped = len(clause) - len(clause.lstrip("،؛,-–— "))
            return Span(start=borders[-1] + skipped, end=span.end)
    return None
