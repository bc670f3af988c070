"""A JSON Lines file of articles, taken by publication without holding it in memory.

The file is read twice: once to check every line and to note where it begins, and once in the order of publication.
What is held is three numbers for each article.
"""

import shutil
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Self

from bot import jsonlines
from bot.errors import InputError
from bot.jsonlines import Given
from summaries.types import Article, ArticleId


@dataclass(frozen=True, slots=True)
class Place:
    """Where an article stands in its file, and by what it is ordered."""

    published: float  # seconds since 1970; infinite where unknown
    line: int
    offset: int


class ArticleFile:
    """A file of articles that is read more than once. A pipe is kept in a temporary file as it comes.

    Once its places are known, `cut` are the articles of which only the beginning is read.
    """

    def __init__(self, file: BinaryIO, path: Path) -> None:
        self._file, self._path = file, path
        self._numbers: dict[ArticleId, Given] = {}
        self.cut: list[ArticleId] = []

    def given(self, identity: ArticleId) -> Given:
        """The id of an article as the file has it: a number where it is one."""
        return self._numbers.get(identity, identity)

    @classmethod
    @contextmanager
    def opened(cls, path: Path) -> Iterator[Self]:
        """The file at a path. Raises `InputError` where it cannot be read."""
        with jsonlines.opened(path) as file:
            if file.seekable():
                yield cls(file, path)
                return
            with tempfile.TemporaryFile() as kept:
                shutil.copyfileobj(file, kept)
                yield cls(kept, path)

    def places(self) -> tuple[list[Place], list[InputError]]:
        """The articles' places by publication, those without a date last, in the file's order; and what is wrong
        with the lines that are no articles.
        """
        found: list[Place] = []
        wrong: list[InputError] = []
        offset = self._file.seek(0)
        for line, raw in enumerate(self._file, start=1):
            if jsonlines.holds_something(raw):
                try:
                    article, given = jsonlines.article_of(raw, line, self._path)
                except InputError as error:
                    wrong.append(error)
                else:
                    at = article.published.timestamp() if article.published else float("inf")
                    found.append(Place(at, line, offset))
                    self._note(article, given)
            offset += len(raw)
        return sorted(found, key=lambda place: (place.published, place.line)), wrong

    def _note(self, article: Article, given: Given) -> None:
        if given != article.id:
            self._numbers[article.id] = given
        if article.cut:
            self.cut.append(article.id)

    def articles(self, ordered: Iterable[Place]) -> Iterator[Article]:
        """The articles at the places, in the order given."""
        for place in ordered:
            self._file.seek(place.offset)
            yield jsonlines.article_of(self._file.readline(), place.line, self._path)[0]
