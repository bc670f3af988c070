"""Score the gate on passages of our own: python -m scripts.evaluate_gate_own [--missed SET | --looked-at]

Four sets. `own`: sixteen passages, some of them written meanwhile. `rewritten`: twenty-four passages, paraphrased
freely by someone who had not seen the gate. `briefs`: sixteen passages, with sentences as briefs have them, by another.
`summaries`: thirty-six passages by two more who had not seen it.
A set is divided into parts of different passages. What went wrong in a part that was looked at was read while words and
checks were mended; of a part held back only totals are seen, before and after.
`--missed` lists what goes wrong in a set's parts that were looked at.
"""

import argparse
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from summaries.gate import Verdict
from summaries.packaged import packaged_gate
from summaries.types import Span

MATERIAL = Path(__file__).parent.parent / "tests" / "summaries"
PARTS = {
    "own": ("looked_at", "held_back"),
    "rewritten": ("looked_at", "looked_at_later"),
    "briefs": ("looked_at", "held_back"),
    "summaries": ("looked_at", "held_back"),
}
HELD_BACK = "held_back"
FAITHFUL = "faithful"


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """A sentence about a passage, with what it cites; `kind` is `faithful` or what is wrong in it."""

    kind: str
    sentence: str
    text: str
    cited: tuple[Span, ...]


def items(part: str, of: str) -> Iterator[Item]:
    """Every sentence of one part of a set, in the order of its file."""
    file = MATERIAL / f"gate_material_{of}" / f"{part}.toml"
    for passage in tomllib.loads(file.read_text("utf-8"))["passages"]:
        text, spans = _joined(passage["text"])
        rows = [[FAITHFUL, *row] for row in passage["faithful"]] + passage["broken"]
        for kind, sentence, cited in rows:
            yield Item(kind=kind, sentence=sentence, text=text, cited=tuple(spans[at] for at in cited))


def _joined(sentences: list[str]) -> tuple[str, list[Span]]:
    """The passage as one text, and where each sentence stands in it."""
    spans: list[Span] = []
    for sentence in sentences:
        start = spans[-1].end + 1 if spans else 0
        spans.append(Span(start=start, end=start + len(sentence)))
    return " ".join(sentences), spans


def judged(part: str, of: str) -> Iterator[tuple[Item, Verdict]]:
    """Each sentence of one part with the gate's verdict."""
    gate = packaged_gate()
    for item in items(part, of):
        yield item, gate.check(item.text, item.sentence, item.cited)


def refused(part: str, of: str) -> dict[str, tuple[int, int]]:
    """By kind: how many sentences were refused, of how many."""
    counted: dict[str, tuple[int, int]] = {}
    for item, verdict in judged(part, of):
        of_kind, total = counted.get(item.kind, (0, 0))
        counted[item.kind] = (of_kind + (not verdict.supported), total + 1)
    return counted


def broken_share(part: str, of: str) -> float:
    """Of the broken sentences of one part: the share refused."""
    counted = [pair for kind, pair in refused(part, of).items() if kind != FAITHFUL]
    return sum(of_kind for of_kind, _ in counted) / sum(total for _, total in counted)


def missed(of: str) -> None:
    """What goes wrong in the parts of a set that may be looked at."""
    for part in PARTS[of]:
        if part == HELD_BACK:
            continue
        for item, verdict in judged(part, of):
            if verdict.supported == (item.kind != FAITHFUL):
                print(item.kind, item.sentence, [(r.code, dict(r.values)) for r in verdict.reasons])


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--missed", choices=PARTS, default=None)
    parser.add_argument("--looked-at", action="store_true", help="say nothing of what is held back")
    args = parser.parse_args()
    if args.missed:
        missed(args.missed)
        return
    for of, parts in PARTS.items():
        for part in parts:
            if args.looked_at and part == HELD_BACK:
                continue
            print(f"== {of}, {part}: broken sentences refused {broken_share(part, of):.0%}")
            for kind, (of_kind, total) in refused(part, of).items():
                print(f"{'false alarms' if kind == FAITHFUL else kind:16}{of_kind}/{total}")


if __name__ == "__main__":
    main()
