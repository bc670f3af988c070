"""JSON Lines in and out, one object at a time, so that memory does not grow with the file."""

import json
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, BinaryIO

from bot.errors import InputError
from summaries.types import LONGEST_TEXT, LONGEST_TITLE, Article, ArticleId, Span

Line = tuple[int, bytes]
"""A line that holds something, as it is in the file, and its number."""

Given = str | int | float
"""An id as it was given, and as it is given back: a number stays one."""

_PACKED = (b"\x1f\x8b", b"BZh", b"PK\x03\x04", b"\xfd7zXZ", b"\x28\xb5\x2f\xfd")
_WIDE = (b"\xff\xfe", b"\xfe\xff")  # UTF-16
_TEXTS = ("title", "text", "outlet", "url")
_YEARS = range(1900, 2200)
_JSON = re.compile(rb"(?:\xef\xbb\xbf)?\s*(?:\[\s*)?\{")
_QUOTED = 80  # characters of a wrong value that are repeated


@contextmanager
def opened(path: Path) -> Iterator[BinaryIO]:
    """The file, to be read by lines. Raises `InputError` where it cannot be read, or is no text at all."""
    try:
        file = path.open("rb")
    except FileNotFoundError:
        raise InputError("input.no_file", file=str(path)) from None
    except OSError as error:
        raise InputError("input.unreadable", file=str(path), cause=str(error)) from None
    with file:
        begins = file.peek(8)
        if begins.startswith(_PACKED):
            raise InputError("input.packed", file=str(path))
        if begins.startswith(_WIDE):
            raise InputError("input.not_utf8", file=str(path))
        yield file


def lines(path: Path) -> Iterator[Line]:
    """The lines of a file that hold something. Raises `InputError` where it cannot be read."""
    with opened(path) as file:
        for number, raw in enumerate(file, start=1):
            if holds_something(raw):
                yield number, raw


def holds_something(raw: bytes) -> bool:
    """Whether a line is more than blanks and the mark that some editors begin a file with."""
    return bool(raw.removeprefix(b"\xef\xbb\xbf").strip())


def whole(path: Path) -> bytes:
    """All that is in a file. Raises `InputError` where it cannot be read."""
    with opened(path) as file:
        return file.read()


def is_json(data: bytes) -> bool:
    """Whether what is at hand begins as JSON does, and not as the text of an article."""
    return _JSON.match(data) is not None


def lines_of(data: bytes) -> Iterator[Line]:
    """The lines of what is at hand that hold something."""
    return ((number, row) for number, row in enumerate(data.split(b"\n"), start=1) if holds_something(row))


def _object(raw: bytes, number: int, path: Path) -> dict[str, Any]:
    where = {"line": str(number), "file": str(path)}
    try:
        value = json.loads(raw.decode("utf-8-sig"), parse_constant=_missing)
    except UnicodeDecodeError as error:
        raise InputError("input.not_utf8_line", cause=str(error), **where) from None
    except json.JSONDecodeError as error:
        raise InputError("input.bad_json", column=str(error.colno), cause=str(error), **where) from None
    except (RecursionError, ValueError) as error:  # too deep, or a number of thousands of digits
        raise InputError("input.not_jsonl", problem="{…}", cause=str(error), **where) from None
    if not isinstance(value, dict):
        raise InputError("input.not_jsonl", problem="{…}", **where)
    return value


def _missing(_: str) -> None:
    """`NaN` stands for a missing value in what tables of data are written as."""
    return None


def article_of(raw: bytes, number: int, path: Path) -> tuple[Article, Given]:
    """The article of one line, and its id as given. Raises `InputError` with the line and what is wrong in it."""
    value = _object(raw, number, path)
    return _article(value, number, path), value["id"]


def _article(value: dict[str, Any], number: int, path: Path) -> Article:
    where = {"line": str(number), "file": str(path)}
    _identity(value, where)
    if "text" not in value:
        raise InputError("input.no_field", field="text", **where)
    for field in _TEXTS:
        if not _writable(value.get(field)):
            raise InputError("input.no_text", field=field, **where)
    try:
        return article(value)
    except ValueError:
        raise InputError("input.bad_time", time=str(value["published"])[:_QUOTED], **where) from None


def _identity(value: dict[str, Any], where: dict[str, str]) -> Given:
    given: Given | None = value.get("id")
    if given in (None, ""):
        raise InputError("input.no_field", field="id", **where)
    if not _writable(given):
        raise InputError("input.no_text", field="id", **where)
    return given


def _writable(value: Any) -> bool:
    """A text, or what is one without quotes: a number. Nothing else has characters that could be counted."""
    return value is None or (isinstance(value, str | int | float) and not isinstance(value, bool))


def article(value: dict[str, Any]) -> Article:
    """One article. A time without a zone counts as UTC."""
    published = value.get("published")
    title, text, outlet, url = ("" if value.get(field) is None else str(value[field]) for field in _TEXTS)
    return Article(
        id=ArticleId(str(value["id"])), outlet=outlet, title=title[:LONGEST_TITLE], text=text[:LONGEST_TEXT], url=url,
        published=moment(str(published)) if published else None, cut=len(text) > LONGEST_TEXT,
    )  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """Articles that are to be summarised together."""

    id: Given
    documents: tuple[Article, ...]


def batches(given: Iterable[Line], name: str) -> Iterator[Batch | InputError]:
    """The batches of numbered lines, `{"id", "documents": [{"title","text","outlet"}]}`; in the place of a line that
    is none what is wrong with it.
    """
    for number, raw in given:
        try:
            yield _batch(_object(raw, number, Path(name)), number, name)
        except InputError as error:
            yield error


def _batch(value: dict[str, Any], number: int, name: str) -> Batch:
    where = {"line": str(number), "file": name}
    identity, documents = _identity(value, where), value.get("documents")
    if documents in (None, ""):
        raise InputError("input.no_field", field="documents", **where)
    if not isinstance(documents, list) or not documents or any(not isinstance(d, dict) for d in documents):
        raise InputError("input.not_jsonl", problem='documents: [{"title","text","outlet"}]', **where)
    named = [{"text": "", **one, "id": f"{identity}#{place}"} for place, one in enumerate(documents)]
    return Batch(id=identity, documents=tuple(_article(one, number, Path(name)) for one in named))


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """A sentence and the spans of a text that it cites."""

    id: Given
    text: str
    sentence: str
    cited: tuple[Span, ...]


def claims(path: Path) -> Iterator[Claim | InputError]:
    """The claims of a file, `{"id","text","sentence","cited":[[start,end]]}`; in the place of a line that is none
    what is wrong with it. Raises `InputError` where the file cannot be read.
    """
    for number, raw in lines(path):
        try:
            value = _object(raw, number, path)
            _identity(value, {"line": str(number), "file": str(path)})
            for field in ("text", "sentence", "cited"):
                if field not in value:
                    raise InputError("input.no_field", field=field, line=str(number), file=str(path))
            yield claim(value)
        except InputError as error:
            yield error
        except (KeyError, TypeError, ValueError) as error:
            yield InputError("input.not_jsonl", line=str(number), file=str(path), problem=str(error))


def claim(value: dict[str, Any]) -> Claim:
    """One claim. Raises `KeyError`, `TypeError` or `ValueError` where it is none: a span lies in the text."""
    text, sentence = value["text"], value["sentence"]
    if not isinstance(text, str) or not isinstance(sentence, str):
        raise TypeError("text, sentence")
    spans = []
    pairs = value["cited"]
    if not isinstance(pairs, list) or any(not isinstance(p, list) or len(p) != 2 for p in pairs):
        raise TypeError("cited: [[start, end]]")
    for start, end in pairs:
        if type(start) is not int or type(end) is not int or not 0 <= start < end <= len(text):
            raise ValueError(f"cited: [{start}, {end}]")
        spans.append(Span(start=start, end=end))
    return Claim(id=value["id"], text=text, sentence=sentence, cited=tuple(spans))


def moment(text: str) -> datetime:
    """An ISO time in UTC. Raises `ValueError`; also for what no article can have, such as the year 1 or 9999 that
    stand for an unknown time elsewhere.
    """
    at = datetime.fromisoformat(text)
    if at.year not in _YEARS:
        raise ValueError(text)
    return at.astimezone(UTC) if at.tzinfo else at.replace(tzinfo=UTC)
