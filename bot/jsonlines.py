"""JSON Lines in and out, one object at a time, so that memory does not grow with the file."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bot.errors import InputError
from summaries.types import LONGEST_TEXT, LONGEST_TITLE, Article, ArticleId, Span


def lines(path: Path) -> Iterator[tuple[int, str]]:
    """The lines of a file that hold something, with their numbers. Raises `InputError` where it cannot be read."""
    try:
        with path.open(encoding="utf-8-sig") as file:
            for number, text in enumerate(file, start=1):
                if text.strip():
                    yield number, text
    except FileNotFoundError:
        raise InputError("input.no_file", file=str(path)) from None
    except (UnicodeDecodeError, IsADirectoryError, PermissionError) as error:
        raise InputError("input.not_utf8", file=str(path), cause=str(error)) from None


def lines_of(text: str) -> Iterator[tuple[int, str]]:
    """The lines of a text that is at hand that hold something, with their numbers."""
    return ((number, row) for number, row in enumerate(text.split("\n"), start=1) if row.strip())


def _object(text: str, number: int, path: Path) -> dict[str, Any]:
    try:
        value = json.loads(text)
    except json.JSONDecodeError as error:
        raise InputError(
            "input.bad_json", line=str(number), file=str(path), column=str(error.colno), cause=str(error)
        ) from None
    except (RecursionError, ValueError) as error:  # too deep, or a number of thousands of digits
        raise InputError(
            "input.not_jsonl", line=str(number), file=str(path), problem="{…}", cause=str(error)
        ) from None
    if not isinstance(value, dict):
        raise InputError("input.not_jsonl", line=str(number), file=str(path), problem="{…}")
    return value


def article_of(text: str, number: int, path: Path) -> Article:
    """The article of one line. Raises `InputError` with the line and what is wrong in it."""
    return _article(_object(text, number, path), number, path)


def _article(value: dict[str, Any], number: int, path: Path) -> Article:
    where = {"line": str(number), "file": str(path)}
    for field in ("id", "text"):
        if field not in value or (field == "id" and value[field] in (None, "")):
            raise InputError("input.no_field", field=field, **where)
    try:
        return article(value)
    except ValueError:
        raise InputError("input.bad_time", time=str(value.get("published")), **where) from None


def article(value: dict[str, Any]) -> Article:
    """One article. A time without a zone counts as UTC."""
    published = value.get("published")
    return Article(
        id=ArticleId(str(value["id"])),
        outlet=str(value.get("outlet") or ""),
        title=str(value.get("title") or "")[:LONGEST_TITLE],
        text=str(value["text"] or "")[:LONGEST_TEXT],
        url=str(value.get("url") or ""),
        published=_moment(str(published)) if published else None,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """Articles that are to be summarised together."""

    id: str
    documents: tuple[Article, ...]


def batches(given: Iterable[tuple[int, str]], name: str) -> Iterator[Batch | InputError]:
    """The batches of numbered lines, `{"id", "documents": [{"title","text","outlet"}]}`; in the place of a line that
    is none what is wrong with it.
    """
    for number, text in given:
        try:
            yield _batch(_object(text, number, Path(name)), number, name)
        except InputError as error:
            yield error


def _batch(value: dict[str, Any], number: int, name: str) -> Batch:
    where = {"line": str(number), "file": name}
    for field in ("id", "documents"):
        if value.get(field) in (None, ""):
            raise InputError("input.no_field", field=field, **where)
    documents = value["documents"]
    if not isinstance(documents, list) or not documents or any(not isinstance(d, dict) for d in documents):
        raise InputError("input.not_jsonl", problem='documents: [{"title","text","outlet"}]', **where)
    named = [{"text": "", **one, "id": f"{value['id']}#{place}"} for place, one in enumerate(documents)]
    return Batch(id=str(value["id"]), documents=tuple(_article(one, number, Path(name)) for one in named))


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """A sentence and the spans of a text that it cites."""

    id: str
    text: str
    sentence: str
    cited: tuple[Span, ...]


def claims(path: Path) -> Iterator[Claim | InputError]:
    """The claims of a file, `{"id","text","sentence","cited":[[start,end]]}`; in the place of a line that is none
    what is wrong with it. Raises `InputError` where the file cannot be read.
    """
    for number, text in lines(path):
        try:
            yield claim(_object(text, number, path))
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
    return Claim(id=str(value["id"]), text=text, sentence=sentence, cited=tuple(spans))


def _moment(text: str) -> datetime:
    at = datetime.fromisoformat(text)
    return at if at.tzinfo else at.replace(tzinfo=UTC)
