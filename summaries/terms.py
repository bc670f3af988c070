"""Which outlet writes which term for the same thing: counted and linked, without a verdict.

What there are words for, and which, is data (`data/terms.toml`). What stands between quotation marks is somebody
else's word and is not counted.
"""

import tomllib
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby

from summaries.errors import KawalisError
from summaries.names.parsing import expand, search_key
from summaries.packaged import packaged_text
from summaries.text import Token, quotations, tokens
from summaries.types import Article, Span, TermCount

_CONJUNCTIONS = ("", "و", "ف")
_PREPOSITIONS = ("", "ب", "ل", "ك")


class TermsError(KawalisError):
    """A file of terms that cannot be read as one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Used:
    """A term where it stands in a text."""

    concept: str
    term: str
    span: Span


@dataclass(frozen=True, slots=True)
class _Entry:
    """A spelling as folded words; without a term where the words mean something else."""

    words: tuple[str, ...]
    concept: str
    term: str


class Lexicon:
    """Concepts with their terms. Made once; afterwards read-only and safe to share."""

    def __init__(self, entries: Iterable[_Entry]) -> None:
        starting: dict[str, list[_Entry]] = {}
        for entry in entries:
            starting.setdefault(entry.words[0], []).append(entry)
        self._starting: Mapping[str, list[_Entry]] = {
            first: sorted(found, key=lambda entry: -len(entry.words)) for first, found in starting.items()
        }

    @classmethod
    def parse(cls, text: str) -> "Lexicon":
        """The lexicon of a TOML file. Raises `TermsError`."""
        try:
            return cls(
                entry for concept in tomllib.loads(text).get("concept", ()) for entry in _entries(concept)
            )
        except (tomllib.TOMLDecodeError, KeyError, AttributeError, TypeError) as error:
            raise TermsError("terms.bad", cause=repr(error)) from error

    def find(self, text: str) -> tuple[Used, ...]:
        """The terms of a text in order, the longest spelling at each place, outside quotation marks. Linear."""
        words, found, place = tokens(text), [], 0
        quoted = quotations(text)
        openings = [span.start for span in quoted]
        while place < len(words):
            entry = self._longest(words, place)
            if entry is None:
                place += 1
                continue
            span = Span(start=words[place].start, end=words[place + len(entry.words) - 1].end)
            within = bisect_right(openings, span.start) - 1
            if entry.term and not (within >= 0 and span.start < quoted[within].end):
                found.append(Used(concept=entry.concept, term=entry.term, span=span))
            place += len(entry.words)
        return tuple(found)

    def _longest(self, words: Sequence[Token], place: int) -> _Entry | None:
        best: _Entry | None = None
        for first in _without_clitics(words[place].folded):
            for entry in self._starting.get(first, ()):
                if best is not None and len(entry.words) <= len(best.words):
                    break
                following = words[place + 1 : place + len(entry.words)]
                if tuple(word.folded for word in following) == entry.words[1:]:
                    best = entry
                    break
        return best


def _entries(concept: dict[str, object]) -> Iterator[_Entry]:
    name, terms = concept["name"], concept["terms"]
    if not isinstance(name, str) or not isinstance(terms, dict):
        raise TypeError(f"no concept: {name}")
    for term, written in {**terms, "": concept.get("not", "")}.items():
        for part in written.split("|"):
            for spelling in expand(" ".join(part.split())):
                if words := tuple(search_key(spelling).split()):
                    yield _Entry(words, name, term)


def _without_clitics(folded: str) -> Iterator[str]:
    """A folded word, and what it is without a conjunction, a preposition or both."""
    for conjunction in _CONJUNCTIONS:
        if folded.startswith(conjunction):
            rest = folded[len(conjunction) :]
            for preposition in _PREPOSITIONS:
                if rest.startswith(preposition) and len(rest) > len(preposition) + 2:
                    bare = rest[len(preposition) :]
                    yield bare
                    if preposition == "ل" and bare.startswith("ل"):
                        yield "ا" + bare  # ل swallows the alef of ال


@lru_cache(maxsize=1)
def packaged_lexicon() -> Lexicon:
    """The lexicon that comes with the product."""
    return Lexicon.parse(packaged_text("data/terms.toml"))


def term_counts(articles: Iterable[Article], lexicon: Lexicon | None = None) -> tuple[TermCount, ...]:
    """The terms of a story's articles, title and text, by concept and outlet, the more frequent first.

    Each is linked to the first article of the outlet that has it. A concept for which all use one term is left
    out: it sets nothing side by side.
    """
    lexicon = lexicon or packaged_lexicon()
    counts: Counter[tuple[str, str, str]] = Counter()
    urls: dict[tuple[str, str, str], str] = {}
    for article in articles:
        for used in (*lexicon.find(article.title), *lexicon.find(article.text)):
            key = (used.concept, article.outlet, used.term)
            counts[key] += 1
            urls[key] = urls.get(key) or article.url
    ranked = sorted(counts.items(), key=lambda pair: (*pair[0][:2], -pair[1], pair[0][2]))
    found: list[TermCount] = []
    for concept, group in groupby(ranked, key=lambda pair: pair[0][0]):
        rows = list(group)
        if len({term for (_, _, term), _ in rows}) > 1:
            found += [
                TermCount(
                    concept=concept, term=term, outlet=outlet, count=count, url=urls[concept, outlet, term]
                )
                for (_, outlet, term), count in rows
            ]
    return tuple(found)
