"""Paragraphs, sentences and quotations, as spans of the text as given."""

import re

from summaries.types import Span

_PARAGRAPH = re.compile(r"[^\n\r\u2029]+")
_END = re.compile(r"[.!?؟…]+[\"”»’')\]]*(?=\s|$)|(?<=[\u0600-\u06ff\"”»)])[.؟!]+(?=[\u0600-\u06ff«\"“])")
_ABBREVIATION = re.compile(
    r"(?:(?:^|[\s(«\"“])[و]?(?:د|أ|م|ا|ج|ص|ب|ت|هـ|ق|ط|ع|س|ش)|\b(?:Mr|Dr|Mrs|St|U\.S|U\.N|No|Gen|Sen|[A-Z])|\d)$"
)
_OPEN, _CLOSE = "«“", "»”"
_PAIRS = re.compile(r"«([^«»]*)»|“([^“”]*)”|\"([^\"]*)\"|„([^“”„]*)[“”]")


def paragraphs(text: str) -> tuple[Span, ...]:
    """The lines that hold something, without the blanks around them."""
    return tuple(
        span for m in _PARAGRAPH.finditer(text) if (span := trimmed(text, m.start(), m.end())) is not None
    )


def sentences(text: str) -> tuple[Span, ...]:
    """The sentences. A line break ends one; a full stop does unless it belongs to an initial, a number, an
    abbreviation, or stands inside a quotation whose speaker's sentence goes on.
    """
    found: list[Span] = []
    for paragraph in paragraphs(text):
        found += _of_paragraph(text, paragraph)
    return tuple(found)


def _of_paragraph(text: str, paragraph: Span) -> list[Span]:
    found: list[Span] = []
    start = paragraph.start
    for end in _END.finditer(text, paragraph.start, paragraph.end):
        if end.end() < paragraph.end and not _ends_here(text, start, end, paragraph.end):
            continue
        span = trimmed(text, start, end.end())
        if span is not None:
            found.append(span)
        start = end.end()
    rest = trimmed(text, start, paragraph.end)
    if rest is not None:
        found.append(rest)
    return found


def _ends_here(text: str, start: int, end: re.Match[str], last: int) -> bool:
    before = text[start : end.start()]
    if end[0].startswith(".") and len(end[0].rstrip("\"”»’')]")) == 1 and _ABBREVIATION.search(before[-8:]):
        return (
            before[-1:].isdigit() and text[end.end() : end.end() + 1].isspace() and not _list_number(before)
        )
    return not _inside_quotation(before + end[0], text[end.end() : last])


def _list_number(before: str) -> bool:
    return before.strip().isdigit()


def _inside_quotation(piece: str, rest: str) -> bool:
    """Whether a quotation opened in `piece` is still open and closes in `rest`. One that never closes, or holds
    more than four sentences' worth, is a forgotten mark.
    """
    opened = max(piece.rfind(mark) for mark in _OPEN)
    if opened > max(piece.rfind(mark) for mark in _CLOSE):
        closes = min((place for mark in _CLOSE if (place := rest.find(mark)) >= 0), default=-1)
        return closes >= 0 and len(piece) - opened + closes < 600
    if piece.count('"') % 2 == 0:
        return False
    closes = rest.find('"')
    return closes >= 0 and len(piece) - piece.rfind('"') + closes < 600


def quotations(text: str) -> tuple[Span, ...]:
    """What stands inside quotation marks, in order. Straight marks pair within a paragraph; a mark that was
    never closed holds to the end of its paragraph, one never opened from the paragraph's start.
    """
    found: list[Span] = []
    for paragraph in paragraphs(text):
        last = paragraph.start
        for m in _PAIRS.finditer(text, paragraph.start, paragraph.end):
            group = next(number for number in range(1, 5) if m[number] is not None)
            found.append(Span(start=m.start(group), end=m.end(group)))
            last = m.end()
        opened = next((i for i in range(last, paragraph.end) if text[i] in _OPEN + '"'), None)
        if opened is not None and opened + 1 < paragraph.end:
            found.append(Span(start=opened + 1, end=paragraph.end))
    return tuple(span for s in found if (span := trimmed(text, s.start, s.end)) is not None)


def trimmed(text: str, start: int, end: int) -> Span | None:
    """The span without blanks at its ends, or None where nothing is left."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start=start, end=end) if start < end else None
