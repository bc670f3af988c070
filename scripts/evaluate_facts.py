"""What a text states, as far as it can be counted: the names, the numbers and the words that say something.

A stand-in for facts that a reader would list. A fact is covered where the same name, number or stem is said.
"""

from collections.abc import Iterable
from decimal import Decimal

from summaries.gate.numbers import figures
from summaries.names import Gazetteer
from summaries.reading import parse
from summaries.text import stop_words
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
