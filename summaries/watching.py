"""Words that a reader follows, found in articles whatever way they are written there. In time linear in the text.

A phrase is compared by its folded words, so hamza, ة and ه, ى and ي, tatweel and harakat make no difference, and
its first word may carry clitics («بالهدنة», «وللهدنة»). A phrase that is a name of the gazetteer is known by every
spelling of that name («نتنياهو», «نتانياهو»).
"""

from bisect import bisect_right
from collections.abc import Iterable
from itertools import accumulate

from ahocorasick_rs import AhoCorasick

from summaries.names import Gazetteer
from summaries.text import tokens

SHORTEST = 2  # letters of a phrase
_BEFORE = frozenset(("", "و", "ف", "ب", "ل", "ك", "وب", "ول", "فب", "فل", "وك"))
_ARTICLE = frozenset(("ال", "وال", "فال", "بال", "كال", "لل", "ولل", "فلل", "وبال", "وكال"))
_ELIDED = frozenset(("ل", "ول", "فل"))  # before which ال loses its alef: للهدنة


def phrase_key(phrase: str) -> str:
    """A phrase as it is compared: its folded words with single blanks; empty where it has no word."""
    return " ".join(token.folded for token in tokens(phrase))


class Watch:
    """Many phrases, looked for at once. Made once, then read-only."""

    def __init__(self, phrases: Iterable[str], gazetteer: Gazetteer | None = None) -> None:
        self._gazetteer = gazetteer
        self._named: dict[str, list[str]] = {}
        self._patterns: list[tuple[str, frozenset[str]]] = []
        keys: list[str] = []
        for phrase in dict.fromkeys(phrases):
            for key, before in _spelled(phrase_key(phrase)):
                keys.append(key + " ")
                self._patterns.append((phrase, before))
            for name in _names(phrase, gazetteer):
                self._named.setdefault(name, []).append(phrase)
        self._automaton = AhoCorasick(keys) if keys else None

    def find(self, text: str) -> frozenset[str]:
        """Which of the phrases stand in the text, as they were given."""
        found = set(self._written(text))
        if self._named and self._gazetteer is not None:
            for name in self._gazetteer.every(text):
                found.update(self._named.get(name, ()))
        return frozenset(found)

    def _written(self, text: str) -> Iterable[str]:
        if self._automaton is None:
            return
        words = [token.folded for token in tokens(text)]
        joined = " ".join(words) + " "
        starts = list(accumulate((len(word) + 1 for word in words), initial=0))
        for pattern, start, _ in self._automaton.find_matches_as_indexes(joined, overlapping=True):
            phrase, before = self._patterns[pattern]
            if joined[starts[bisect_right(starts, start) - 1] : start] in before:
                yield phrase


def _spelled(key: str) -> Iterable[tuple[str, frozenset[str]]]:
    """What to look for, and what may stand before it in its first word."""
    if len(key) < SHORTEST:
        return
    if key.startswith("ال") and len(key) > 4:
        yield key, _BEFORE
        yield key[1:], _ELIDED
    elif "ا" <= key[0] <= "ي":
        yield key, (_BEFORE | _ARTICLE) if len(key.split()[0]) > 2 else frozenset(("",))
    else:
        yield key, frozenset(("",))


def _names(phrase: str, gazetteer: Gazetteer | None) -> Iterable[str]:
    """The ids of the names that the whole phrase is."""
    if gazetteer is None:
        return
    bare = phrase.strip()
    for mention in gazetteer.find(bare):
        if phrase_key(bare[mention.start : mention.end]) == phrase_key(bare):
            yield mention.name.id
