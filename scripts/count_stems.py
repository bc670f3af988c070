"""Count in how many of a hundred thousand news articles a stem stands: python -m scripts.count_stems FILE.jsonl.gz

The rows have `docs` with `title` and `text`. What is rarer than one in five hundred is left out.
"""

import argparse
from collections import Counter
from pathlib import Path

from scripts.evaluate_data import rows
from summaries.packaged import packaged_gazetteer
from summaries.reading import read
from summaries.text import stop_words
from summaries.types import Article, ArticleId

TABLE = Path(__file__).parent.parent / "summaries" / "data" / "stem_frequencies.txt"
RAREST = 0.002


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("file", type=Path)
    given = parser.parse_args()
    held: Counter[str] = Counter()
    seen: set[str] = set()
    for item in rows(given.file):
        for document in item["docs"]:
            if document["id"] in seen:
                continue
            seen.add(document["id"])
            found = read(
                Article(
                    id=ArticleId(document["id"]),
                    outlet="",
                    title=document["title"],
                    text=document["text"][:1200],
                ),
                packaged_gazetteer(),
            )
            held.update({*found.title.stems, *found.body.stems} - stop_words)
    lines = [
        f"{stem} {round(100_000 * count / len(seen))}"
        for stem, count in sorted(held.items())
        if count >= RAREST * len(seen) and len(stem) > 1 and not stem.isdigit()
    ]
    TABLE.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(f"{len(lines)} stems of {len(seen)} articles")


if __name__ == "__main__":
    main()
