"""What each check of the gate is worth: python -m scripts.evaluate_gate_checks

For each check how many broken sentences it alone refuses, and how many faithful ones, in the parts of all sets that
were looked at and in those held back. Of a part held back these totals are all that is seen. A check that alone refuses
as many faithful sentences as broken ones costs more than it finds: most sentences of a brief are faithful.
"""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from bot.sample.newsroom import read_outlets
from scripts import evaluate_gate
from scripts.evaluate_gate_own import FAITHFUL, HELD_BACK, PARTS, Item, items
from summaries.packaged import packaged_gate
from summaries.types import Span


def material() -> Iterator[tuple[str, Item]]:
    """Every sentence that there is, with the half to which it belongs."""
    for of, parts in PARTS.items():
        for part in parts:
            half = "held back" if part == HELD_BACK else "looked at"
            yield from ((half, item) for item in items(part, of))
    texts = {
        piece.guid: "\n\n".join(piece.paragraphs) for outlet in read_outlets() for piece in outlet.pieces
    }
    for kind in (FAITHFUL, *evaluate_gate.KINDS):
        name = kind if kind == FAITHFUL else f"broken_{kind}"
        for row in evaluate_gate.items(name):
            half = "looked at" if evaluate_gate.looked_at(row["article"]) else "held back"
            yield half, _item(kind, row, texts[row["article"]])


def _item(kind: str, row: dict[str, Any], text: str) -> Item:
    cited = tuple(Span(start=start, end=end) for start, end in row["cited"])
    return Item(kind=kind, sentence=row["sentence"], text=text, cited=cited)


def alone() -> tuple[Counter[tuple[str, str, bool]], Counter[tuple[str, bool]]]:
    """By check, half and whether faithful: how many sentences that check alone refuses; and how many there are."""
    gate = packaged_gate()
    counted, total = Counter[tuple[str, str, bool]](), Counter[tuple[str, bool]]()
    for half, item in material():
        faithful = item.kind == FAITHFUL
        total[half, faithful] += 1
        refusing = gate.refusing(item.text, item.sentence, item.cited)
        if len(refusing) == 1:
            counted[next(iter(refusing)), half, faithful] += 1
    return counted, total


def main() -> None:
    counted, total = alone()
    halves = ("looked at", "held back")
    print(f"{'refused alone':14}" + "".join(f"{half + ': broken, faithful':>32}" for half in halves))
    for name in sorted({name for name, _, _ in counted}):
        print(
            f"{name:14}"
            + "".join(f"{counted[name, h, False]:>22}{counted[name, h, True]:>10}" for h in halves)
        )
    print(f"{'of':14}" + "".join(f"{total[half, False]:>22}{total[half, True]:>10}" for half in halves))


if __name__ == "__main__":
    main()
