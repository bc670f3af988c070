"""Text that was meant to be XML, mended so that a strict parser can read it.

Taken away: what stands before the first tag, the XML declaration (we decoded already), a document type,
characters that XML forbids. Put right, outside CDATA: named HTML references, bare ampersands, namespaces with
blanks in them. A document that declares entities of its own is refused: nobody needs them in a feed but an attacker.
"""

import re
from html.entities import html5

_PROLOG = re.compile(
    r"(?:\s+|<\?.*?\?>|<!--.*?-->|<!DOCTYPE[^\[>]*(?:\[(?:[^\]\"']|\"[^\"]*\"|'[^']*')*\]\s*)?>)+",
    re.I | re.S,
)
_OPEN_DOCTYPE = re.compile(r"<!DOCTYPE", re.I)
FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_AMPERSAND = re.compile(
    r"&(?!(?:amp|lt|gt|quot|apos);)(?:(#\d{1,8}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,31});)?"
)
# feedparser stumbles over a namespace with a blank in it.
_NAMESPACE = re.compile(r"""(\bxmlns(?::[\w.-]+)?\s*=\s*)("[^"<>]*[\s][^"<>]*"|'[^'<>]*[\s][^'<>]*')""")
_PAIR = re.compile(
    r"&#(?:(5[56]\d{3})|[xX]([dD][89aAbB][\da-fA-F]{2}));&#(?:(5[67]\d{3})|[xX]([dD][c-fC-F][\da-fA-F]{2}));"
)
_CONTROL_REFERENCE = re.compile(
    r"&#(?:0*(?:[0-8]|1[124-9]|2\d|3[01]|6553[45])|[xX]0*(?:[0-8bBcCeEfF]|1[\da-fA-F]|[fF]{3}[eEfF]));?(?![\da-fA-F])"
)
_CDATA = re.compile(r"(<!\[CDATA\[.*?\]\]>)", re.S)


class EntitiesRefusedError(Exception):
    """The document declares XML entities."""


def strip_head(text: str) -> str:
    """The text from its root element on. Raises: EntitiesRefusedError."""
    start = text.find("<")
    text = text[start:] if start > 0 else text
    prolog = _PROLOG.match(text)
    end = prolog.end() if prolog else 0
    if "<!entity" in text[:end].lower() or (_OPEN_DOCTYPE.match(text, end) and "<!entity" in text.lower()):
        raise EntitiesRefusedError
    return text[end:] if end else text


def repair(text: str) -> str:
    """What `strip_head` gave, mended."""
    text = _NAMESPACE.sub(_without_blanks, FORBIDDEN.sub("", text))
    if "&" not in text:
        return text
    text = _PAIR.sub(_paired, text)
    if "<![CDATA[" not in text:
        return _AMPERSAND.sub(_reference, text)
    parts = _CDATA.split(text)
    return "".join(part if i % 2 else _AMPERSAND.sub(_reference, part) for i, part in enumerate(parts))


def fit_for_a_tree(html: str) -> str:
    """A page without the characters, written out or as references, that lxml reads and then refuses to move."""
    return _CONTROL_REFERENCE.sub("", FORBIDDEN.sub("", html))


def _paired(match: re.Match[str]) -> str:
    """UTF-16's two halves of one sign, each written as a reference of its own."""
    high = int(match[1]) if match[1] else int(match[2], 16)
    low = int(match[3]) if match[3] else int(match[4], 16)
    if not (0xD800 <= high < 0xDC00 <= low < 0xE000):
        return ""
    return chr(0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00))


def _without_blanks(match: re.Match[str]) -> str:
    return match[1] + "".join(match[2].split())


def _reference(match: re.Match[str]) -> str:
    name = match[1]
    if name is None:
        return "&amp;"
    if name.startswith("#"):
        number = int(name[2:], 16) if name[1] in "xX" else int(name[1:])
        return "" if number > 0x10FFFF or FORBIDDEN.match(chr(number)) else match[0]
    known = html5.get(f"{name};")
    if known is None:
        return f"&amp;{name};"
    return known.replace("&", "&amp;").replace("<", "&lt;")
