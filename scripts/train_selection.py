"""Learn what a word is worth in a summary: python -m scripts.train_selection LOO_TRAIN.jsonl.gz [--write]

Rows have `docs` and `refs`. Of several documents: is the word (or pair) in the reference? Of one: each document
without its first sentence, that sentence the reference. Logistic regressions with an L2 penalty.
"""

import argparse
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np

from scripts.evaluate_data import rows
from scripts.train_relevance import learn
from summaries.selection.concepts import FEATURES, MODELS, concepts, measure
from summaries.selection.select import MOST, MOST_SINGLE
from summaries.selection.units import Document, document, sentence_tokens
from summaries.text import tokens
from summaries.types import Article, ArticleId

WEIGHTS = Path(__file__).parent.parent / "summaries" / "data" / "selection.json"
LINES = 400_000


def several(items: list[dict[str, Any]]) -> Iterator[tuple[list[Document], str]]:
    for item in items:
        yield [document(_article(row, row["text"])) for row in item["docs"]], item["refs"][0]


def single(items: list[dict[str, Any]]) -> Iterator[tuple[list[Document], str]]:
    seen: set[str] = set()
    for item in items:
        for row in item["docs"]:
            whole = document(_article(row, row["text"]))
            if row["id"] in seen or len(whole.sentences) < 4:
                continue
            seen.add(row["id"])
            first = whole.sentences[0]
            yield [document(_article(row, row["text"][first.end :]))], row["text"][: first.end]


def _article(row: dict[str, Any], text: str) -> Article:
    return Article(id=ArticleId(row["id"]), outlet=row["src"], title=row["title"], text=text)


def table(
    items: Iterator[tuple[list[Document], str]], most: int
) -> dict[type, tuple[np.ndarray, np.ndarray]]:
    lines: dict[type, list[tuple[float, ...]]] = {str: [], tuple: []}
    truth: dict[type, list[float]] = {str: [], tuple: []}
    for documents, reference in items:
        wanted = set(concepts([token.folded for token in tokens(reference)]))
        for concept, found in measure(documents, [sentence_tokens(d) for d in documents], most).items():
            if len(lines[type(concept)]) < LINES:
                lines[type(concept)].append(found)
                truth[type(concept)].append(float(concept in wanted))
    return {kind: (np.array(lines[kind]), np.array(truth[kind])) for kind in lines}


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("train", type=Path)
    parser.add_argument("--write", action="store_true")
    given = parser.parse_args()
    items = rows(given.train)
    found = {}
    lengths = {}
    for name, made, most in (("single", single, MOST_SINGLE), ("several", several, MOST)):
        lengths[name] = round(float(np.mean([len(reference.split()) for _, reference in made(items)])), 1)
        for kind, label in table(made(items), most).items():
            weights = learn(label[0][:, 1:], label[1], penalty=5.0)
            found[f"{name}_{'word' if kind is str else 'pair'}"] = weights
    kept: dict[str, dict[str, float]] = {"lengths": lengths} | {
        name: {f: round(float(w), 4) for f, w in zip(FEATURES, found[name], strict=True)} for name in MODELS
    }
    print(json.dumps(kept, indent=1))
    if given.write:
        WEIGHTS.write_text(json.dumps(kept, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
