"""JSON Lines in and out, one object at a time, so that memory does not grow with the file."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bot.errors import InputError
from summaries.types import Article, ArticleId


def objects(path: Path) -> Iterator[dict[str, Any]]:
    """The objects of a file, line by line; empty lines are passed over. Raises `InputError` with the line."""
    try:
        with path.open(encoding="utf-8-sig") as file:
            for number, text in enumerate(file, start=1):
                if text.strip():
                    yield _object(text, number, path)
    except FileNotFoundError:
        raise InputError("input.no_file", file=str(path)) from None
    except (UnicodeDecodeError, IsADirectoryError, PermissionError) as error:
        raise InputError("input.not_utf8", file=str(path), cause=str(error)) from None


def objects_of(text: str, name: str) -> Iterator[dict[str, Any]]:
    """The objects of a text that is at hand."""
    for number, row in enumerate(text.split("\n"), start=1):
        if row.strip():
            yield _object(row, number, Path(name))


def _object(text: str, number: int, path: Path) -> dict[str, Any]:
    try:
        value = json.loads(text)
    except ValueError as error:
        raise InputError("input.not_jsonl", line=str(number), file=str(path), problem=str(error)) from None
    if not isinstance(value, dict):
        raise InputError("input.not_jsonl", line=str(number), file=str(path), problem="{…}")
    return value


def articles(path: Path) -> Iterator[Article]:
    """The articles of a file: `{"id","title","text","outlet","published","url"}`; id and text are needed."""
    for number, value in enumerate(objects(path), start=1):
        try:
            yield article(value)
        except (KeyError, TypeError, ValueError) as error:
            raise InputError(
                "input.not_jsonl", line=str(number), file=str(path), problem=str(error)
            ) from None


def article(value: dict[str, Any]) -> Article:
    """One article. A time without a zone counts as UTC."""
    published = value.get("published")
    return Article(
        id=ArticleId(str(value["id"])),
        outlet=str(value.get("outlet") or ""),
        title=str(value.get("title") or ""),
        text=str(value["text"] or ""),
        url=str(value.get("url") or ""),
        published=_moment(str(published)) if published else None,
    )


def _moment(text: str) -> datetime:
    at = datetime.fromisoformat(text)
    return at if at.tzinfo else at.replace(tzinfo=UTC)
