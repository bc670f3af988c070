"""Summarise the evaluation data: python -m scripts.evaluate_summaries DATA [--set NAME] [--out FOLDER]

Scores with the data's own `evaluate/rouge.py`, which prints 95 % bootstrap intervals, those of the paired
difference to Lead too.
"""

import argparse
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from scripts.evaluate_data import rows, write
from summaries.packaged import packaged_gazetteer
from summaries.reading import Reading, read
from summaries.selection import summarise
from summaries.types import Article, ArticleId

SETS: dict[str, dict[str, Any]] = {
    "loo_dev": {"words": 50},
    "nolead_dev": {"words": 40},
    "easc_dev": {"ratio": 0.35},
}


def documents(row: dict[str, Any]) -> list[Article]:
    given = row.get("docs") or [{"id": row["id"], "title": row["title"], "text": row["text"], "src": ""}]
    return [
        Article(id=ArticleId(one["id"]), outlet=one["src"], title=one["title"], text=one["text"])
        for one in given
    ]


def readings(row: dict[str, Any]) -> list[Reading]:
    """The documents of a row, read as the command reads them: who speaks is known."""
    return [read(one, packaged_gazetteer()) for one in documents(row)]


def evaluate(data: Path, name: str, out: Path) -> None:
    """Summarise one set and print its scores."""
    file = data / "summaries" / f"{name}.jsonl.gz"
    items, budget = rows(file), SETS[name]
    start = time.perf_counter()
    made = [
        {"id": row["id"], "summary": " ".join(s.text for s in summarise(readings(row), **budget))}
        for row in items
    ]
    taken = time.perf_counter() - start
    write(out / f"{name}.jsonl", made)
    (option, value) = next(iter(budget.items()))
    command = [sys.executable, str(data / "evaluate" / "rouge.py"), str(file), str(out / f"{name}.jsonl")]
    print(f"{name} --{option} {value}: {len(items) / taken:.0f} items/s", flush=True)
    subprocess.run([*command, f"--{option}", str(value)], check=True)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("data", type=Path)
    parser.add_argument("--set", choices=SETS, action="append")
    parser.add_argument("--out", type=Path)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        out = given.out or Path(folder)
        for name in given.set or SETS:
            evaluate(given.data, name, out)


if __name__ == "__main__":
    main()
