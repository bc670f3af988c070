"""What a summary may consist of: sentences, and openings of sentences that end at a clause border.

An opening keeps the sentence's attribution: what follows «بحسب» or «وفقا لـ» at the sentence's end stays with it as a
second span. Nothing is cut inside quotation marks or brackets, before a clause that the opening waits for, or where
too little would be left to be a sentence.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from summaries.reading import Parsed, Reading
from summaries.text import Token, fold, sentences, tokens
from summaries.types import Article, ArticleId, Span

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
_OPENERS, _CLOSERS = "«“([", "»”)]"


@dataclass(frozen=True, slots=True)
class Unit:
    """A candidate: spans of one sentence of a document. `words`: blank-separated, as a budget counts them."""

    document: int
    sentence: int
    spans: tuple[Span, ...]
    words: int
    keys: tuple[str, ...]  # folded tokens, in order
    whole: bool


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
            found += _of_sentence(source.text, Unit(number, place, (span,), 0, (), True), words[place])
    return found


def _of_sentence(text: str, base: Unit, words: Sequence[Token]) -> list[Unit]:
    span = base.spans[0]
    borders = _borders(text, span)
    tail = _attribution(text, borders, span)
    found = [_unit(text, base, (span,), words, whole=True)]
    if _WAITING.match(fold(text[span.start : span.start + 40])):
        borders = borders[1:]
    for border in borders:
        if tail is not None and border >= tail.start:
            break
        spans = (Span(start=span.start, end=border), *([tail] if tail else []))
        unit = _unit(text, base, spans, words, whole=False)
        if len(text[span.start : border].split()) >= _LEAST:
            found.append(unit)
    return found


def _unit(text: str, base: Unit, spans: tuple[Span, ...], words: Sequence[Token], *, whole: bool) -> Unit:
    keys = tuple(t.folded for t in words if any(s.start <= t.start < s.end for s in spans))
    count = sum(len(text[span.start : span.end].split()) for span in spans)
    return Unit(base.document, base.sentence, spans, count, keys, whole)


def _borders(text: str, span: Span) -> list[int]:
    """Where a clause ends, outside quotation marks and brackets."""
    found = []
    for border in _BORDER.finditer(text, span.start, span.end):
        before = text[span.start : border.start()]
        opened = sum(before.count(mark) for mark in _OPENERS)
        closed = sum(before.count(mark) for mark in _CLOSERS)
        if opened <= closed and before.count('"') % 2 == 0:
            found.append(border.start())
    return found


def _attribution(text: str, borders: Sequence[int], span: Span) -> Span | None:
    """The last clause without its comma, where it says who reported."""
    if borders:
        clause = text[borders[-1] : span.end]
        if _ATTRIBUTION.match(fold(clause)):
            skipped = len(clause) - len(clause.lstrip("،؛,-–— "))
            return Span(start=borders[-1] + skipped, end=span.end)
    return None
