"""Bytes to text, our own step ahead of any parser.

Order: byte order mark, strict UTF-8, the charset of the HTTP header, the declared one, each kept only if
the letters it gives are plausible; then the better of windows-1256 and ISO-8859-6. UTF-8 with bad
bytes is still UTF-8 when nearly all of it is valid: one bad byte costs one character. Where a template
and what is filled into it differ, each piece between two tags is read by itself.
"""

import codecs
import re
from dataclasses import dataclass

from adapters.feeds.letters import foreign_letters, looks_arabic, plausibility

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_UNMARKED = (
    (b"<\0\0\0", "utf-32-le"),
    (b"\0\0\0<", "utf-32-be"),
    (b"<\0", "utf-16-le"),
    (b"\0<", "utf-16-be"),
    (b"{\0", "utf-16-le"),
    (b"\0{", "utf-16-be"),
)
_BLANKS_AND_NULS = b"\0 \t\r\n"
_HEADER = re.compile(r"""charset\s*=\s*["']?\s*([\w.:-]+)""", re.I)
_DECLARED = re.compile(rb"""(?:encoding|charset)\s*=\s*["']?\s*([\w.:-]+)""", re.I)
_EBCDIC = b"\x4c\x6f\xa7\x94"  # "<?xm" on a mainframe
_LEGACY = ("windows-1256", "iso-8859-6")
_ALIASES = {"cp-1256": "windows-1256", "win-1256": "windows-1256", "utf8mb4": "utf-8", "unicode": "utf-8"}
_PLAUSIBLE = 0.35
_TOO_FEW = 3  # letters to judge an encoding by; then its own word has to do
_NEARLY_UTF8 = 0.99
_MOSTLY_UTF8 = 0.8
_LATIN_LEAD, _FEW = b"\xc3", 3  # the byte that accented letters begin with in UTF-8, which Arabic has none of
_MISREAD = re.compile("[\xc0-\xff]{4}|(?:[ØÙ][^\x00-\x7f\u0600-\u06ff]){3}")
_MISREAD_PIECE = re.compile(r"[^<>\n\u0600-\u06ff]+")
_PIECES = re.compile(rb"(?=<)|(?<=[>\n])")


@dataclass(frozen=True, slots=True, kw_only=True)
class Decoded:
    """`encoding` is what the bytes were read as; `damaged` counts the characters that could not be."""

    text: str
    encoding: str
    damaged: int = 0


def decode(body: bytes, content_type: str) -> Decoded:
    """The text of `body`, served with the header `content_type` ("" where there was none)."""
    for mark, encoding in _BOMS:
        if body.startswith(mark):
            body = body[len(mark) :]
            read = _lenient(body, encoding) if encoding != "utf-8" else None
            if read is not None and ("<" in read.text or plausibility(read.text) >= 0):
                return read
            break  # UTF-8, or a mark that lies
    start = body[:200].translate(None, _BLANKS_AND_NULS)[:1]
    before = body[: body.find(start)] if start in (b"<", b"{") else b""
    for pattern, encoding in _UNMARKED:
        width = 4 if encoding.startswith("utf-32") else 2
        if body.startswith(pattern, len(before) // width * width):
            return _lenient(body, encoding)
    try:
        return _undo_double(body.decode("utf-8"), body)
    except UnicodeDecodeError:
        return _not_utf8(body, content_type)


def _not_utf8(body: bytes, content_type: str) -> Decoded:
    claimed = _claimed(body, content_type)
    mixed = _mixed(body, claimed)
    if mixed is not None:
        return mixed
    share = _utf8_share(body)
    if share >= _NEARLY_UTF8:
        return _lenient(body, "utf-8")
    for name in claimed:
        text = _strict(body, name)
        if text is not None and (plausibility(text) >= _PLAUSIBLE or foreign_letters(text) <= _TOO_FEW):
            return Decoded(text=text, encoding=name)
    names = (*_LEGACY, "utf-8") if share >= _MOSTLY_UTF8 else _LEGACY
    return max((_lenient(body, name) for name in names), key=lambda read: plausibility(read.text))


def _mixed(body: bytes, claimed: list[str]) -> Decoded | None:
    """The text of a document that is Arabic in two encodings, piece by piece; None where it is in one."""
    pieces: list[str | bytes] = []
    for piece in _PIECES.split(body):
        try:
            pieces.append(piece.decode("utf-8"))
        except UnicodeDecodeError:
            pieces.append(_lenient(piece, "utf-8").text if _utf8_share(piece) >= 0.5 else piece)
    legacy = b"\n".join(piece for piece in pieces if isinstance(piece, bytes))
    if not legacy or not any(isinstance(piece, str) and looks_arabic(piece) for piece in pieces):
        return None
    names = [name for name in claimed if _strict(legacy, name) is not None] or list(_LEGACY)
    name = max(names, key=lambda name: plausibility(_lenient(legacy, name).text))
    if plausibility(_lenient(legacy, name).text) < _PLAUSIBLE:
        return None
    text = "".join(p if isinstance(p, str) else p.decode(name, "replace") for p in pieces)
    before = body.count("\ufffd".encode())
    return Decoded(text=text, encoding=f"utf-8 and {name}", damaged=max(0, text.count("\ufffd") - before))


def _claimed(body: bytes, content_type: str) -> list[str]:
    """The encodings that the header and the document name, known ones, without UTF-8 (tried before)."""
    found = [match[1] for match in _HEADER.finditer(content_type)]
    head = body[:2048]
    if head.startswith(_EBCDIC):
        head = head.decode("cp037").encode("utf-8")
    found += [match[1].decode("ascii") for match in _DECLARED.finditer(head)]
    names = []
    for name in found:
        try:
            names.append(codecs.lookup(_ALIASES.get(name.lower(), name)).name)
        except LookupError:
            continue
    return [name for name in dict.fromkeys(names) if not name.startswith(("utf", "ascii"))]


def _strict(body: bytes, encoding: str) -> str | None:
    try:
        text = body.decode(encoding)
    except (UnicodeError, LookupError):
        return None
    return text if isinstance(text, str) else None


def _lenient(body: bytes, encoding: str) -> Decoded:
    text = body.decode(encoding, "replace")
    before = body.count("�".encode()) if encoding == "utf-8" else 0
    return Decoded(text=text, encoding=encoding, damaged=max(0, text.count("�") - before))


def _utf8_share(body: bytes) -> float:
    """Of the bytes beyond ASCII, how many stand in valid UTF-8 sequences."""
    high = len(body.translate(None, bytes(range(128))))
    valid = len(body.decode("utf-8", "ignore").encode().translate(None, bytes(range(128))))
    return valid / high if high else 1.0


def _undo_double(text: str, body: bytes) -> Decoded:
    """UTF-8 all right, but its author had read Arabic bytes as Latin first: «Ø§Ù„», «ÇáÚÑÈíÉ». Where only some of it
    is so (one headline from another system), only that is mended.
    """
    if looks_arabic(text):
        if body.count(_LATIN_LEAD) >= _FEW and _MISREAD.search(text):
            text = _MISREAD_PIECE.sub(_mended_piece, text)
        return Decoded(text=text, encoding="utf-8")
    if plausibility(text) >= 0:
        return Decoded(text=text, encoding="utf-8")
    mended, how = _mended(text)
    return Decoded(text=mended, encoding=how)


def _mended(text: str) -> tuple[str, str]:
    """What was meant, and how it had been misread; the text itself where that does not show."""
    for wrong, right in (("cp1252", "utf-8"), ("latin-1", "utf-8"), ("cp1252", "windows-1256")):
        try:
            meant = text.encode(wrong, "as_latin").decode(right)
        except UnicodeError:
            continue
        if plausibility(meant) >= _PLAUSIBLE:
            return meant, f"{right} read as {wrong}"
    return text, "utf-8"


def _mended_piece(match: re.Match[str]) -> str:
    return _mended(match[0])[0] if _MISREAD.search(match[0]) else match[0]


def _as_latin(error: UnicodeError) -> tuple[bytes, int]:
    """The five bytes that windows-1252 leaves open are read as control characters, and written so again."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    return error.object[error.start : error.end].encode("latin-1"), error.end


codecs.register_error("as_latin", _as_latin)
