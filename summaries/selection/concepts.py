"""How likely a word, or a pair of words, is in a good summary of some documents.

The idea is that of concept-based summarising with learnt weights (Gillick and Favre 2009; Li, Qian and Liu 2013): a
summary is worth the words and pairs that it holds, each once. Two logistic regressions of few, plain features (in how
many documents, titles and openings it stands, how early, whether it is a function word) say what each is worth.
"""

import json
import math
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import pairwise

from summaries.packaged import packaged_text
from summaries.selection.units import Document
from summaries.text import Token, stop_words

Concept = str | tuple[str, str]
FEATURES = (
    "bias", "documents", "log_documents", "titles", "own_title", "first", "second", "third", "early", "often",
    "stop", "number", "one_document", "documents_first", "titles_early", "with_title",
)  # fmt: skip
MODELS = ("single_word", "single_pair", "several_word", "several_pair")


class _Seen:
    """Where a concept stands."""

    __slots__ = ("documents", "earliest", "first", "second", "third", "times", "titles", "with_title")

    def __init__(self) -> None:
        self.documents: set[int] = set()
        self.titles: set[int] = set()
        self.first = self.second = self.third = self.times = 0
        self.earliest = 99
        self.with_title = 0.0

    def key(self, concept: Concept) -> "_Key":
        """All that the features come of: many concepts share it."""
        if isinstance(concept, str):
            stops, numbers = _kind(concept)
        else:
            (one, first), (other, second) = _kind(concept[0]), _kind(concept[1])
            stops, numbers = (one + other) / 2, (first + second) / 2
        return (
            len(self.documents), len(self.titles), self.first, self.second, self.third, self.times,
            self.earliest, self.with_title, stops, numbers,
        )  # fmt: skip


_Key = tuple[int, int, int, int, int, int, int, float, float, float]


@lru_cache(maxsize=20_000)
def _kind(word: str) -> tuple[float, float]:
    """Whether a word is a function word, and whether it is a number."""
    return float(word in stop_words or len(word) < 3), float(word[:1].isdigit())


def measure(
    documents: Sequence[Document], words: Sequence[Sequence[Sequence[Token]]], most: int
) -> dict[Concept, tuple[float, ...]]:
    """The features of every word and pair in the first `most` sentences of each document."""
    seen = _look(documents, words, most)
    return {concept: _features(found.key(concept), len(documents)) for concept, found in seen.items()}


def _look(
    documents: Sequence[Document], words: Sequence[Sequence[Sequence[Token]]], most: int
) -> dict[Concept, _Seen]:
    """Where every word and pair stands."""
    seen: dict[Concept, _Seen] = {}
    for number, sentences in enumerate(words):
        for place, sentence in enumerate(sentences[:most]):
            keys = [token.folded for token in sentence]
            shared = _title_share(documents[number], keys) if len(documents) == 1 else 0.0
            for concept in concepts(keys):
                found = seen.get(concept)
                if found is None:
                    found = seen[concept] = _Seen()
                _note(found, number, place, shared)
    for number, source in enumerate(documents):
        for concept in set(concepts([token.folded for token in source.title])):
            if concept in seen:
                seen[concept].titles.add(number)
    return seen


def concepts(keys: Sequence[str]) -> Iterable[Concept]:
    """The words of a text and its pairs of neighbours."""
    yield from keys
    yield from pairwise(keys)


def _title_share(source: Document, keys: Sequence[str]) -> float:
    """How much of the title a sentence says, 0..1."""
    title = {token.folded for token in source.title} - stop_words
    return len(title & set(keys)) / max(1, len(title))


def _note(found: _Seen, number: int, place: int, shared: float) -> None:
    new = number not in found.documents
    found.documents.add(number)
    found.times += 1
    found.earliest = min(found.earliest, place)
    found.with_title = max(found.with_title, shared)
    if place == 0 and new:
        found.first += 1
    elif place == 1:
        found.second += 1
    elif place == 2:
        found.third += 1


def _features(key: _Key, total: int) -> tuple[float, ...]:
    inside, titled, at_first, at_second, at_third, times, earliest, with_title, stops, numbers = key
    share, titles, first, early = inside / total, titled / total, at_first / total, 1 / (1 + earliest)
    return (
        1.0, share, math.log(inside), titles, float(bool(titled)), first,
        min(1.0, at_second / total), min(1.0, at_third / total), early, math.log(times / total + 1),
        stops, numbers, float(total > 1 and inside == 1), share * first, titles * early, with_title,
    )  # fmt: skip


def weigh(
    documents: Sequence[Document], words: Sequence[Sequence[Sequence[Token]]], most: int
) -> dict[Concept, float]:
    """The chance of every word and pair to be in a good summary, 0..1."""
    kind, total = "several" if len(documents) > 1 else "single", len(documents)
    single, pair = _models()[f"{kind}_word"], _models()[f"{kind}_pair"]
    known: tuple[dict[_Key, float], dict[_Key, float]] = ({}, {})
    found = {}
    for concept, seen in _look(documents, words, most).items():
        is_pair, key = not isinstance(concept, str), seen.key(concept)
        chance = known[is_pair].get(key)
        if chance is None:
            weights = pair if is_pair else single
            score = sum(w * x for w, x in zip(weights, _features(key, total), strict=True))
            chance = known[is_pair][key] = 1 / (1 + math.exp(-score))
        found[concept] = chance
    return found


def usual_length(documents: int) -> float:
    """How many words a summary of one, or of several documents usually has."""
    return float(_kept()["lengths"]["several" if documents > 1 else "single"])


@lru_cache(maxsize=1)
def _kept() -> Mapping[str, Mapping[str, float]]:
    """What `scripts/train_selection.py` learnt."""
    kept: Mapping[str, Mapping[str, float]] = json.loads(packaged_text("data/selection.json"))
    return kept


@lru_cache(maxsize=1)
def _models() -> Mapping[str, tuple[float, ...]]:
    kept = _kept()
    return {name: tuple(kept[name][feature] for feature in FEATURES) for name in MODELS}
