"""What a text states, as far as it can be counted: the names, the numbers and the words that say something.

A stand-in for facts that a reader would list. A fact is covered where the same name, number or stem is said.
`of_references` scores the sentences of a brief by it, where the clusters are right and another outlet's opening is the
reference: python -m scripts.evaluate_facts DATA
"""

import argparse
from collections.abc import Iterable, Sequence
from decimal import Decimal
from pathlib import Path

from scripts.evaluate_data import rows
from scripts.evaluate_summaries import readings
from summaries.gate.amounts import figures
from summaries.names import Gazetteer
from summaries.packaged import packaged_gazetteer
from summaries.reading import parse
from summaries.selection import summarise
from summaries.text import sentences, stop_words
from summaries.types import Span

Fact = tuple[str, str | Decimal]
KINDS = ("name", "number", "word")


def facts(text: str, gazetteer: Gazetteer) -> frozenset[Fact]:
    """The facts of a text: `("name", id)`, `("number", value)`, `("word", stem)`."""
    parsed = parse(text, gazetteer)
    found: set[Fact] = {("name", mention.name.id) for mention in parsed.mentions}
    found |= {("number", figure.low) for figure in figures(parsed, Span(start=0, end=len(text)))}
    for place, (token, stem) in enumerate(zip(parsed.tokens, parsed.stems, strict=True)):
        if place not in parsed.named and token.folded not in stop_words and len(stem) > 2:
            found.add(("word", stem))
    return frozenset(found)


def covered(wanted: Iterable[Fact], said: frozenset[Fact]) -> dict[str, tuple[int, int]]:
    """For each kind of fact, and for all, how many of the wanted are said, and how many there are."""
    wanted = list(wanted)
    counted = {"all": (sum(fact in said for fact in wanted), len(wanted))}
    for kind in KINDS:
        those = [fact for fact in wanted if fact[0] == kind]
        counted[kind] = sum(fact in said for fact in those), len(those)
    return counted


def added(one: dict[str, tuple[int, int]], other: dict[str, tuple[int, int]]) -> dict[str, tuple[int, int]]:
    return {
        kind: (one.get(kind, (0, 0))[0] + hits, one.get(kind, (0, 0))[1] + all_)
        for kind, (hits, all_) in other.items()
    }


def shares(counted: dict[str, tuple[int, int]]) -> str:
    """As a line: `all .71 · name .80 · number .66 · word .69`."""
    return " · ".join(
        f"{kind} {hits / max(1, of):.2f}".replace(" 0.", " .") for kind, (hits, of) in counted.items()
    )


def leading(texts: Sequence[str], most: int = 2) -> str:
    """The first sentence of each of the first `most` texts; of a single text, its first sentences."""
    each = most if len(texts) == 1 else 1
    return "\n".join(text[s.start : s.end] for text in texts[:most] for s in sentences(text)[:each])


def of_references(data: Path) -> str:
    """What a brief's sentences say of the facts of the references of `loo_dev`, beside leading sentences."""
    gazetteer, items = packaged_gazetteer(), rows(data / "summaries" / "loo_dev.jsonl.gz")
    found: dict[str, dict[str, tuple[int, int]]] = {}
    words: dict[str, int] = {}
    for row in items:
        given, wanted = readings(row), facts(row["refs"][0], gazetteer)
        texts = [reading.article.text for reading in given]
        said = {
            f"a brief's {n} sentences": "\n".join(s.text for s in summarise(given, sentences=n))
            for n in (3, 2)
        }
        said |= {f"{n} leading sentences": leading(texts, n) for n in (3, 2)}
        for name, text in said.items():
            found[name] = added(found.get(name, {}), covered(wanted, facts(text, gazetteer)))
            words[name] = words.get(name, 0) + len(text.split())
    lines = (
        f"{name:<25} {shares(found[name])} ({words[name] / len(items):.0f} words)" for name in sorted(found)
    )
    return "\n".join(lines)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("data", type=Path)
    print(of_references(parser.parse_args().data))


if __name__ == "__main__":
    main()
