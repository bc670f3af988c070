"""Group the articles of the evaluation data as `kawalis analyse` would: python -m scripts.evaluate_stories DATA OUT

Writes `{"id", "story"}` rows for the data's own scorer, and prints pairs P, R, F1 over the listed articles: all,
the part that was held back, and by outlet and year.
"""

import argparse
from datetime import UTC, datetime
from itertools import combinations
from pathlib import Path

from scripts.evaluate_data import group_of, rows, topic_articles, write
from summaries.packaged import packaged_gazetteer
from summaries.reading import read
from summaries.stories import StoryIndex, features
from summaries.types import Article, ArticleId

LAST = datetime.max.replace(tzinfo=UTC)


def grouped(articles: list[Article]) -> dict[ArticleId, str]:
    """The final story of each article, placed by date, those without one last."""
    index, gazetteer = StoryIndex(), packaged_gazetteer()
    for article in sorted(articles, key=_time):
        index.place(features(read(article, gazetteer)), article.published, article.id)
    return {article.id: index.story_of(article.id) for article in articles}


def _time(article: Article) -> datetime:
    return article.published.replace(tzinfo=article.published.tzinfo or UTC) if article.published else LAST


def scores(
    found: dict[ArticleId, str], gold: dict[str, str], articles: list[ArticleId]
) -> tuple[int, int, int]:
    """Pairs that are right, found, and wanted."""
    right = together = wanted = 0
    for one, other in combinations(articles, 2):
        joined, same = found[one] == found[other], one in gold and gold.get(one) == gold.get(other)
        right, together, wanted = right + (joined and same), together + joined, wanted + same
    return right, together, wanted


def line(name: str, counted: tuple[int, int, int]) -> str:
    right, together, wanted = counted
    precision, recall = right / max(1, together), right / max(1, wanted)
    f1 = 2 * precision * recall / max(1e-9, precision + recall)
    return f"{name:<28} P {precision:.3f} R {recall:.3f} F1 {f1:.3f}  ({wanted} pairs)"


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("data", type=Path)
    parser.add_argument("output", type=Path, nargs="?")
    given = parser.parse_args()
    articles = topic_articles(given.data)
    found = grouped(articles)
    stories = rows(given.data / "topic" / "stories.jsonl")
    gold = {article: row["story"] for row in stories for article in row["articles"]}
    listed = [article.id for article in articles if article.id in gold]
    print(line("listed articles", scores(found, gold, listed)))
    print(line("all articles", scores(found, gold, [article.id for article in articles])))
    for group in sorted({group_of(article) for article in articles if article.id in gold}):
        inside = [a.id for a in articles if a.id in gold and group_of(a) == group]
        print(line(group, scores(found, gold, inside)))
    if given.output:
        write(given.output, ({"id": article, "story": story} for article, story in found.items()))


if __name__ == "__main__":
    main()
