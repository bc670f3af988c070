"""Markup to plain text, for what a feed shows in a line or a paragraph: titles and summaries."""

import re
from html import unescape
from html.entities import html5

from adapters.http.hidden import without_hidden
from summaries.harmless import harmless

_HIDDEN = ("script", "style")
_CDATA = re.compile(r"<!\[CDATA\[(.*?)(?:\]\]>|$)", re.S)
_BREAK = re.compile(
    r"</?(?:p|div|br|li|ul|ol|tr|td|h[1-6]|blockquote|figure|figcaption|table|hr)\b[^<>]*>", re.I
)
_TAG = re.compile(r"</?[a-zA-Z!?][^<>]*>")
# An attribute may hold what looks like a tag or its end: alt="5 > 3", data-caption="<p>…</p>".
_MAY_HOLD_TAGS = re.compile(r"""=\s*["'][^"']*[<>]""")
_WITH_ATTRIBUTES = re.compile(
    r"""<([a-zA-Z][\w:-]*+)(?:\s++[\w:.@-]++(?:\s*=\s*(?:"[^"]*+"|'[^']*+'|[^\s"'<>]++))?+)++\s*/?>"""
)
# Markup that was escaped once too often: an end tag, or one that needs none.
_ESCAPED_MARKUP = re.compile(
    r"&lt;(?:/(?:p|div|span|strong|b|i|em|a|ul|ol|li|h[1-6]|blockquote|figure)\s*"
    r"|(?:br|hr|img)\b(?:(?!&[lg]t;)[^<>])*)&gt;",
    re.I,
)
_REFERENCE = re.compile(r"&(#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,31});")
_ENDS = " \u200e\u200f\u202a\u202b\u202c\ufeff"


def plain(markup: str) -> str:
    """One line of text: tags dropped, character references read (twice where escaped twice), blanks
    of every kind (no-break ones too) one space, nothing that is not to be seen.
    """
    return _line(uncovered(markup))


def _line(markup: str) -> str:
    if "<" in markup:
        markup = _shown(markup)
        markup = _BREAK.sub(" ", markup)
        markup = _TAG.sub("", markup) if "<" in markup else markup
    if "&" in markup:
        markup = _REFERENCE.sub(_read, markup)
        markup = _REFERENCE.sub(_read, markup) if "&" in markup else markup
    if markup.isprintable() and "  " not in markup:  # no blanks but single spaces, and nothing hidden
        return markup.strip(_ENDS)
    text = " ".join(markup.split())
    return (text if text.isprintable() else " ".join(harmless(text).split())).strip(_ENDS)


def _shown(markup: str) -> str:
    may_hide = "<!" in markup or "<s" in markup or "<S" in markup
    return without_hidden(markup, *_HIDDEN) if may_hide else markup


def _read(match: re.Match[str]) -> str:
    """Only whole references, and only those there are: `&notice` is no ¬, and half a pair no letter."""
    if match[1].startswith("#"):
        return unescape(match[0]).replace("\ufffd", "")
    return html5.get(f"{match[1]};", match[0])


def uncovered(markup: str) -> str:
    """Markup as it was meant: without the CDATA marks that a feed escaped together with the text in them, escaped
    no more than once, and without attributes that hold tags themselves.
    """
    if "<![CDATA[" in markup:
        markup = _CDATA.sub(r"\1", markup)
    if "&lt;" in markup and not _TAG.search(markup) and _ESCAPED_MARKUP.search(markup):
        markup = unescape(markup)
    if "=" in markup and "<" in markup and _MAY_HOLD_TAGS.search(markup):
        markup = _WITH_ATTRIBUTES.sub(r"<\1>", markup)
    return markup


def lines_of(markup: str) -> list[str]:
    """The paragraphs of a piece of markup as plain lines, empty ones left out."""
    markup = uncovered(markup)
    if "<" not in markup:
        return [line for line in (_line(part) for part in markup.split("\n")) if line]
    parts = _BREAK.split(_shown(markup))
    return [line for line in (_line(part) for part in parts) if line]
