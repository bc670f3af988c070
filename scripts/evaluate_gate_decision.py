"""Score the bound of summaries/data/gate/decision.toml: python -m scripts.evaluate_gate_decision

For each bound: how many faithful sentences of the set that may be read are refused, and how many broken ones found.
Then the same with a bound fitted for each passage on the others alone, which is what a fitted bound is worth elsewhere.
A bound is fitted by taking the lowest that keeps false alarms under the share wanted, or the one with fewest.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from scripts.evaluate_gate_own import FAITHFUL, items
from summaries.gate import Gate
from summaries.packaged import packaged_decision, packaged_gate, packaged_gazetteer

SET, PART = "summaries", "looked_at"
WANTED = 0.05  # false alarms
BOUNDS = tuple(round(0.5 + 0.05 * step, 2) for step in range(11))


@dataclass(frozen=True, slots=True)
class Counts:
    """Of some sentences: the faithful ones, those of them refused, the broken ones, those of them found."""

    faithful: int = 0
    alarms: int = 0
    broken: int = 0
    found: int = 0

    def __add__(self, other: "Counts") -> "Counts":
        return Counts(
            self.faithful + other.faithful,
            self.alarms + other.alarms,
            self.broken + other.broken,
            self.found + other.found,
        )

    def __str__(self) -> str:
        return f"false alarms {self.alarms}/{self.faithful}, broken found {self.found}/{self.broken}"


def by_passage(bound: float) -> Mapping[str, Counts]:
    """What the gate gives with one bound, for each passage."""
    shipped, packaged = packaged_decision(), packaged_gate()
    decision = replace(shipped, least=dict.fromkeys(shipped.least, bound))
    gate = Gate(packaged_gazetteer(), packaged.words, packaged.names, decision)
    counted: dict[str, Counts] = defaultdict(Counts)
    for item in items(PART, SET):
        refused = not gate.check(item.text, item.sentence, item.cited).supported
        faithful = item.kind == FAITHFUL
        counted[item.text] += Counts(faithful, faithful and refused, not faithful, not faithful and refused)
    return counted


def fitted(tables: Mapping[float, Mapping[str, Counts]], passages: Iterable[str]) -> float:
    """The lowest bound that keeps false alarms on some passages under the share wanted, or that with the fewest."""
    kept = tuple(passages)
    totals = {bound: sum((table[p] for p in kept), Counts()) for bound, table in tables.items()}
    enough = [bound for bound, total in totals.items() if total.alarms <= WANTED * total.faithful]
    return min(enough, default=min(totals, key=lambda bound: totals[bound].alarms))


def main() -> None:
    tables = {bound: by_passage(bound) for bound in BOUNDS}
    for bound, table in tables.items():
        print(f"bound {bound:.2f}: {sum(table.values(), Counts())}")
    passages = tuple(tables[BOUNDS[0]])
    print(f"fitted on all: {fitted(tables, passages):.2f}")
    held = Counts()
    for passage in passages:
        held += tables[fitted(tables, (p for p in passages if p != passage))][passage]
    print(f"each passage with the bound of the others: {held}")


if __name__ == "__main__":
    main()
