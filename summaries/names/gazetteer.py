"""Finding names in a text, in time linear in its length."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass
from itertools import accumulate

from ahocorasick_rs import AhoCorasick

from summaries.names.kinds import Kind, Mention, Name
from summaries.names.parsing import Spelling, parse
from summaries.text import Token, fold_with_offsets, tokens

_CLITICS = frozenset(["و", "ف", "ب", "ل", "ك", "وب", "ول", "فب", "فل", "وك", "أو"])
_ELIDED = frozenset(("ل", "ول", "فل"))  # before which ال loses its alef: للأمم المتحدة
_DASH = re.compile(r"\s[-–—]|[-–—]\s")
_LATIN = re.compile(r"[\"»”]?\s*\([A-Za-z]")
_QUOTES = frozenset("\"«»“”'")
_BREAKS = frozenset("\n\r،؛؟!:\u2029")


@dataclass(frozen=True, slots=True)
class _Hit:
    first: int  # token
    last: int
    clitic: int  # characters of the first token's folded form before the name
    spelling: Spelling


class Gazetteer:
    """Names and their spellings as one automaton. Made once; afterwards read-only and safe to share."""

    def __init__(self, spellings: Iterable[Spelling]) -> None:
        self._patterns: list[tuple[Spelling, bool]] = []
        keys: list[str] = []
        names: dict[str, Name] = {}
        for spelling in spellings:
            if not spelling.key:
                continue
            names.setdefault(spelling.name.id, spelling.name)
            keys.append(spelling.key + " ")
            self._patterns.append((spelling, False))
            if spelling.key.startswith("ال"):
                keys.append(spelling.key[1:] + " ")
                self._patterns.append((spelling, True))
        self._automaton = AhoCorasick(keys)
        self._names = names

    @classmethod
    def parse(cls, texts: Iterable[str]) -> "Gazetteer":
        """The gazetteer of TOML files (see `parsing`). Raises `GazetteerError`."""
        return cls(parse(texts))

    @property
    def names(self) -> tuple[Name, ...]:
        """Every name known, in the order of the files."""
        return tuple(self._names.values())

    def find(
        self, text: str, words: Sequence[Token] | None = None, known: frozenset[str] = frozenset()
    ) -> tuple[Mention, ...]:
        """The names in a text, longest first from the left, none overlapping another.

        `words` are the text's tokens, where they are known already. `known` are the ids of names that a fuller
        spelling introduced elsewhere (in the body, when this is the title): a weak spelling needs one.
        """
        words = tokens(text) if words is None else words
        hits = _longest(self._hits(text, words))
        marked = {hit for hit in hits if hit.spelling.bare and _marked(text, words, hit)}
        named = known | {hit.spelling.name.id for hit in hits if not hit.spelling.weak or hit in marked}
        return tuple(
            _mention(hit, words)
            for hit in hits
            if hit.spelling.name.kind is not Kind.NONE
            and (not hit.spelling.weak or hit in marked or _introduced(text, words, hit, named))
        )

    def spelt_in_full(self, text: str) -> frozenset[str]:
        """The ids of the names that a text has in a spelling which needs no other."""
        return frozenset(mention.name.id for mention in self.find(text))

    def every(self, text: str) -> frozenset[str]:
        """The ids of all names that stand in a text, also within a longer one («حكومة نتنياهو»)."""
        return frozenset(
            hit.spelling.name.id for hit in self._hits(text, tokens(text)) if not hit.spelling.weak
        )

    def _hits(self, text: str, words: Sequence[Token]) -> list[_Hit]:
        joined = " ".join([word.folded for word in words]) + " "
        starts = list(accumulate((len(word.folded) + 1 for word in words), initial=0))[:-1]
        found = []
        for pattern, start, end in self._automaton.find_matches_as_indexes(joined, overlapping=True):
            first = bisect_right(starts, start) - 1
            clitic = joined[starts[first] : start]
            spelling, elided = self._patterns[pattern]
            if elided:
                if clitic not in _ELIDED:
                    continue
            elif clitic and (clitic not in _CLITICS or len(spelling.key) < _least(spelling)):
                continue
            last = bisect_right(starts, end - 2) - 1
            if first == last or not _broken(text, words, first, last):
                found.append(_Hit(first, last, len(clitic), spelling))
        return found


def _least(spelling: Spelling) -> int:
    """Letters that a name needs to be known behind a clitic: «ومصر» is one, «ورد» none."""
    return 3 if spelling.name.kind is Kind.COUNTRY else 4


def _marked(text: str, words: Sequence[Token], hit: _Hit) -> bool:
    """Whether marks show that a word of the language is a name here: «"الحياة"», «تلغراف (Telegraph)»."""
    start, end = words[hit.first].start + hit.clitic, words[hit.last].end
    quoted = text[start - 1 : start] in _QUOTES and text[end : end + 1] in _QUOTES
    return (quoted and start > 0 and end < len(text)) or bool(_LATIN.match(text, end))


def _introduced(text: str, words: Sequence[Token], hit: _Hit, named: Set[str]) -> bool:
    """Whether a fuller spelling stands elsewhere; a word of the language must open the text with a colon too."""
    if hit.spelling.name.id not in named:
        return False
    return not hit.spelling.bare or (
        hit.first == 0 and text[words[hit.last].end :].lstrip().startswith((":", ".."))
    )


def _broken(text: str, words: Sequence[Token], first: int, last: int) -> bool:
    gaps = (text[words[place].end : words[place + 1].start] for place in range(first, last))
    return any(gap != " " and (not _BREAKS.isdisjoint(gap) or _DASH.search(gap)) for gap in gaps)


def _longest(hits: list[_Hit]) -> list[_Hit]:
    """Of names that share a word the one that begins first, then the longest, then the surest."""
    hits.sort(key=_rank)
    kept: list[_Hit] = []
    for hit in hits:
        if not kept or hit.first > kept[-1].last:
            kept.append(hit)
    return kept


def _rank(hit: _Hit) -> tuple[int, int, int, bool, bool, bool]:
    """A spelling that fills the word goes before one that takes its first letter for a clitic, an outlet before
    «the French news agency» in general.
    """
    name = hit.spelling.name
    return hit.first, -hit.last, hit.clitic, hit.spelling.bare, hit.spelling.weak, "generic" in name.roles


def _mention(hit: _Hit, words: Sequence[Token]) -> Mention:
    word = words[hit.first]
    skipped = hit.clitic
    if skipped and len(word.text) != len(word.folded):
        skipped = fold_with_offsets(word.text)[1][hit.clitic]
    return Mention(word.start + skipped, words[hit.last].end, hit.spelling.name)
