"""The gate's yardstick itself: that its paraphrases point at whole sentences and are really reworded."""

import json
from pathlib import Path
from typing import Any

import pytest

from bot.sample.newsroom import read_outlets
from summaries.text.sentences import sentences

FOLDER = Path(__file__).parent / "gate_material"
BROKEN = (
    "number", "date", "foreign_name", "in_source_name", "quote",
    "negation", "speaker", "verb_strength", "role", "cause",
)  # fmt: skip
FILES = ("faithful", *(f"broken_{kind}" for kind in BROKEN))
TEXTS = {piece.guid: "\n\n".join(piece.paragraphs) for outlet in read_outlets() for piece in outlet.pieces}
VERBATIM_RUN = 6  # words


def rows(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (FOLDER / f"{name}.jsonl").read_text("utf-8").splitlines()]


def runs(text: str) -> set[tuple[str, ...]]:
    words = text.split()
    return {tuple(words[i : i + VERBATIM_RUN]) for i in range(len(words) - VERBATIM_RUN + 1)}


@pytest.mark.parametrize("name", FILES)
def test_citations_are_whole_sentences(name: str) -> None:
    """Every cited span is one whole sentence of the article as it is stored; an edited article shows here."""
    for row in rows(name):
        borders = {(span.start, span.end) for span in sentences(TEXTS[row["article"]])}
        assert row["cited"], row["id"]
        assert {(start, end) for start, end in row["cited"]} <= borders, row["id"]


@pytest.mark.parametrize("name", FILES)
def test_sentences_are_reworded(name: str) -> None:
    """No item repeats six words in a row of what it cites: checks look perfect on verbatim text and mean nothing."""
    for row in rows(name):
        text = TEXTS[row["article"]]
        cited = " ".join(text[start:end] for start, end in row["cited"])
        assert not runs(row["sentence"]) & runs(cited), row["id"]


def test_there_is_enough_of_each_kind() -> None:
    """Enough faithful sentences to measure false alarms, half of them hard, and enough of every kind of error."""
    faithful = rows("faithful")
    assert len(faithful) >= 110
    assert sum(row["hard"] for row in faithful) * 2 >= len(faithful)
    for kind in BROKEN:
        assert len(rows(f"broken_{kind}")) >= 25, kind


def test_items_are_distinct() -> None:
    """Ids and sentences occur once; a sentence is not both faithful and broken."""
    items = [row for name in FILES for row in rows(name)]
    assert len({row["id"] for row in items}) == len(items)
    assert len({row["sentence"] for row in items}) == len(items)


def test_broken_quotations_are_not_in_their_source() -> None:
    """Each of them quotes something, and the article has no such words."""
    for row in rows("broken_quote"):
        quoted = row["sentence"].partition("«")[2].partition("»")[0]
        assert quoted, row["id"]
        assert quoted not in TEXTS[row["article"]], row["id"]
