"""Choosing units: the greatest expected agreement with a good summary, each word and pair counted once.

What is maximised is the expected F measure, 2 * weight / (words + usual length): it pays for a word that is likely
wanted, and charges for every word, so that a budget need not be filled (minimum Bayes risk). What a unit adds only
falls as others are chosen, so the search is over once no unit adds more for each of its words than the best is worth.
"""

from collections.abc import Mapping, Sequence

from summaries.selection.concepts import Concept, concepts
from summaries.selection.units import Unit

_BEAM = 6


class _Choice:
    __slots__ = ("covered", "units", "words", "worth")

    def __init__(
        self, units: tuple[Unit, ...], covered: frozenset[Concept], words: int, worth: float
    ) -> None:
        self.units, self.covered, self.words, self.worth = units, covered, words, worth


def choose(
    candidates: Sequence[Unit], weights: Mapping[Concept, float], budget: int, usual: float
) -> tuple[Unit, ...]:
    """The units with the most weight within `budget` words, by a beam search; at most one of a sentence."""

    def value(choice: _Choice) -> float:
        return choice.worth / (choice.words + usual)

    held = [(unit, frozenset(concepts(unit.keys))) for unit in candidates if unit.words <= budget]
    beam = [_Choice((), frozenset(), 0, 0.0)]
    best = beam[0]
    while beam:
        grown: list[tuple[float, int, _Choice]] = []
        most = max(map(value, beam))
        for choice in beam:
            further, adds = _grown(choice, held, weights, budget, usual)
            grown, most = grown + further, max(most, adds)
        if most <= value(best):
            break
        grown.sort(key=lambda item: (-item[0], item[1]))
        beam = _distinct([choice for _, _, choice in grown])
        best = max([best, *beam], key=value)
    return best.units


def _grown(
    choice: _Choice,
    held: Sequence[tuple[Unit, frozenset[Concept]]],
    weights: Mapping[Concept, float],
    budget: int,
    usual: float,
) -> tuple[list[tuple[float, int, _Choice]], float]:
    """A choice with each of the units that make it best, and the most that any unit adds for each of its words."""
    taken = {(unit.document, unit.sentence) for unit in choice.units}
    rated, most = [], 0.0
    for number, (unit, inside) in enumerate(held):
        if choice.words + unit.words > budget or (unit.document, unit.sentence) in taken:
            continue
        gain = sum(weights.get(c, 0.0) for c in inside - choice.covered)
        worth = choice.worth + gain
        most = max(most, gain / unit.words)
        rated.append((worth / (choice.words + unit.words + usual), number, unit, inside, worth))
    rated.sort(key=lambda item: (-item[0], item[1]))
    found = []
    for _, number, unit, inside, worth in rated[:_BEAM]:
        grown = _Choice((*choice.units, unit), choice.covered | inside, choice.words + unit.words, worth)
        found.append((worth / (grown.words + usual), number, grown))
    return found, most


def _distinct(choices: Sequence[_Choice]) -> list[_Choice]:
    kept: dict[frozenset[Unit], _Choice] = {}
    for choice in choices:
        kept.setdefault(frozenset(choice.units), choice)
        if len(kept) == _BEAM:
            break
    return list(kept.values())
