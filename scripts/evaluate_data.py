"""The evaluation data, and what is held back of it: never an item, always an outlet and year."""

import gzip
import json
import re
import zlib
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from summaries.types import Article, ArticleId

FOLDS = 4


def rows(path: Path) -> list[dict[str, Any]]:
    """The rows of a JSON Lines file, gzipped or not."""
    data = path.read_bytes()
    text = (gzip.decompress(data) if path.suffix == ".gz" else data).decode("utf-8")
    return [json.loads(line) for line in text.split("\n") if line.strip()]


def topic_articles(data: Path) -> list[Article]:
    """The articles of `topic`, as the product would have them."""
    return [
        Article(
            id=ArticleId(row["id"]),
            outlet=row["outlet"],
            title=row["title"],
            text=row["text"],
            url=row["url"] or "",
            published=_time(row["published"]),
        )
        for row in rows(data / "topic" / "articles.jsonl.gz")
    ]


def _time(written: str | None) -> datetime | None:
    time = datetime.fromisoformat(written) if written else None
    return time.replace(tzinfo=UTC) if time is not None and time.tzinfo is None else time


def group_of(article: Article) -> str:
    """Outlet and year: what a fold never cuts through. An undated article has the year in its id."""
    in_id = re.match(r"[a-z]*(\d\d)-", article.id)
    year = article.published.year if article.published else 2000 + int(in_id[1]) if in_id else 0
    return f"{article.outlet} {year}"


def held_back(article: Article) -> bool:
    """Whether the article is of an outlet and year that is held back, by a hash of the two (about a third)."""
    return zlib.crc32(group_of(article).encode()) % FOLDS == FOLDS - 1


def write(path: Path, items: Iterable[dict[str, Any]]) -> None:
    with path.open("w", encoding="utf-8") as file:
        for item in items:
            print(json.dumps(item, ensure_ascii=False), file=file)
