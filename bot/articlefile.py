"""A JSON Lines file of articles, taken by publication without holding it in memory.

The file is read twice: once to check every line and to note where it begins, and once in the order of publication.
What is held is three numbers for each article.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from bot import jsonlines
from bot.errors import InputError
from summaries.types import Article


@dataclass(frozen=True, slots=True)
class Place:
    """Where an article stands in its file, and by what it is ordered."""

    published: float  # seconds since 1970; infinite where unknown
    line: int
    offset: int


def places(path: Path) -> tuple[list[Place], list[InputError]]:
    """The articles' places by publication, those without a date last, in the file's order; and what is wrong with
    the lines that are no articles. Raises `InputError` where the file cannot be read.
    """
    found: list[Place] = []
    wrong: list[InputError] = []
    for line, offset, raw in _lines(path):
        try:
            article = jsonlines.article_of(_text(raw, line, path), line, path)
        except InputError as error:
            wrong.append(error)
            continue
        at = article.published.timestamp() if article.published else float("inf")
        found.append(Place(at, line, offset))
    return sorted(found, key=lambda place: (place.published, place.line)), wrong


def articles_at(path: Path, ordered: Iterable[Place]) -> Iterator[Article]:
    """The articles at the places, in the order given."""
    with path.open("rb") as file:
        for place in ordered:
            file.seek(place.offset)
            yield jsonlines.article_of(_text(file.readline(), place.line, path), place.line, path)


def _lines(path: Path) -> Iterator[tuple[int, int, bytes]]:
    """Number, offset and bytes of each line that is not empty."""
    try:
        with path.open("rb") as file:
            offset = 0
            for number, raw in enumerate(file, start=1):
                if raw.strip():
                    yield number, offset, raw
                offset += len(raw)
    except FileNotFoundError:
        raise InputError("input.no_file", file=str(path)) from None
    except OSError as error:
        raise InputError("input.not_utf8", file=str(path), cause=str(error)) from None


def _text(raw: bytes, line: int, path: Path) -> str:
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError("input.not_utf8_line", line=str(line), file=str(path), cause=str(error)) from None
