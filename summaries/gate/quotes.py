"""Quotations: words between quotation marks must stand in what is cited, word for word."""

from collections.abc import Iterator

from summaries.gate.pair import Pair
from summaries.text import quotations, tokens
from summaries.types import Reason

_JOINED = ("و", "ف", "ب", "ل", "ك", "ال", "بال", "لل", "وال")


def check(pair: Pair) -> Iterator[Reason]:
    """`gate.quote` for each quotation that the cited words do not hold. Marks, vowels, commas and letters that the
    sentence joins before the first word do not count.
    """
    cited = _row(pair.cited_text)
    for span in quotations(pair.claim.text):
        written = pair.claim.of(span)
        row = _row(written)
        if row.strip() and not any(form in cited for form in _forms(row)):
            yield Reason(code="gate.quote", values={"quote": written})


def _row(text: str) -> str:
    """The words without the alef of the accusative, which the sentence around them may call for."""
    words = (token.folded for token in tokens(text))
    return " " + " ".join(word.removesuffix("ا") if len(word) > _SHORT else word for word in words) + " "


_SHORT = 3  # letters


def _forms(row: str) -> Iterator[str]:
    """The words, and with the first word's joined letters taken off or put on."""
    yield row
    first = row[1:]
    for letters in _JOINED:
        if first.startswith(letters) and len(first.split(" ", 1)[0]) > len(letters) + 2:
            yield " " + first[len(letters) :]
        yield " " + letters + first
