"""Speed of summarising against sumy's LexRank, in one run: python -m bench.summaries DATA [--items N]

DATA has `summaries/loo_dev.jsonl.gz`. sumy is no dependency: it is installed beside, in `.cache/bench-sumy`. Where it
cannot be had, only our own speed is printed.
"""

import argparse
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from scripts.evaluate_data import rows
from scripts.evaluate_summaries import documents
from scripts.side_environment import side_environment
from summaries.selection import summarise
from summaries.text import sentences, tokens
from summaries.types import Article

WORDS = 50
SUMY = ("sumy==0.11.0", "numpy")


def lexrank() -> Callable[[list[Article]], object] | None:
    """LexRank over the same documents, with our words and sentences; None where sumy cannot be had."""
    try:
        python = side_environment("bench-sumy", SUMY)
        sys.path += map(
            str, python.parents[1].glob("lib/python3*/site-packages")
        )  # at the end: what is ours stays
        from sumy.models.dom import ObjectDocumentModel, Paragraph, Sentence
        from sumy.summarizers.lex_rank import LexRankSummarizer
    except (ImportError, subprocess.CalledProcessError):
        return None

    class Words:
        def to_words(self, text: str) -> tuple[str, ...]:
            return tuple(token.folded for token in tokens(text))

    def run(given: list[Article]) -> object:
        lines = [Sentence(a.text[s.start : s.end], Words()) for a in given for s in sentences(a.text)]
        return LexRankSummarizer()(ObjectDocumentModel([Paragraph(lines)]), 2)

    return run


def per_second(work: Callable[[list[Article]], object], items: list[list[Article]]) -> float:
    start = time.perf_counter()
    for item in items:
        work(item)
    return len(items) / (time.perf_counter() - start)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("data", type=Path)
    parser.add_argument("--items", type=int, default=60)
    given = parser.parse_args()
    items = [documents(row) for row in rows(given.data / "summaries" / "loo_dev.jsonl.gz")[: given.items]]
    ours = per_second(lambda item: summarise(item, words=WORDS), items)
    print(f"summarise, {WORDS} words: {ours:.0f} groups/s")
    other = lexrank()
    if other is None:
        print("sumy cannot be had from PyPI now: no comparison")
        return
    theirs = per_second(other, items)
    print(f"sumy LexRank: {theirs:.0f} groups/s; ours is {ours / theirs:.1f} times as fast")


if __name__ == "__main__":
    main()
