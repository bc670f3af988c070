"""Names of one word that the gate knows beside the gazetteer: states with their capitals, places, names of people."""

import re
import tomllib
from collections.abc import Mapping

from summaries.gate.strangers import GIVEN
from summaries.text import fold

_DEMONYM = re.compile("(?:يون|يين|يان|يتين|يتان|يات|يه|يا|ي)$")
_LAST = re.compile("(?:يا|ا|ه)$")
_ALL = re.compile("(?:يون|يين|يات|يه|يا|ي|ا|ه)$")
_JOINED = re.compile("^(?:[وف]?(?:[بلك]?ال|لل)|[وفبل](?=....))?")
_SHORT = 3


class NameLists:
    """Made once; read-only afterwards. All is asked for in folded words without letters joined before them."""

    def __init__(self, lists: Mapping[str, list[str] | str]) -> None:
        self._states: dict[str, int] = {}
        self._peoples: dict[str, int] = {}
        for number, line in enumerate(lists["states"]):
            names = [fold(name) for name in line.replace("|", " ").split()]
            self._states |= dict.fromkeys(names, number)
            for name in (fold(word) for word in line.partition("|")[0].split()):
                self._peoples[_LAST.sub("", name.removeprefix("ال"))] = number
        self.places = _words(lists["places"])
        self.ambiguous_places = _words(lists["ambiguous_places"])
        self.given = GIVEN | _words(lists["given"])
        self.family = _words(lists["family"])

    @classmethod
    def parse(cls, text: str) -> "NameLists":
        """The lists of a TOML file with `states`, `places`, `ambiguous_places`, `given` and `family`."""
        return cls(tomllib.loads(text))

    def state_of(self, folded: str) -> int | None:
        """The number of the state that a word names, by itself, its capital or its people («الدنماركي»)."""
        if folded in self._states:
            return self._states[folded]
        bare = folded.removeprefix("ال")
        stem = _DEMONYM.sub("", bare)
        return self._peoples.get(stem) if stem != bare and len(stem) >= _SHORT else None


def _words(written: list[str] | str) -> frozenset[str]:
    return frozenset(fold(word) for word in str(written).split())


def land_stem(folded: str) -> str:
    """What is common to the names of a land and its people: «أوروبا», «الأوروبيون»; else the word."""
    stem = _ALL.sub("", _JOINED.sub("", folded, count=1))
    return stem if len(stem) > _SHORT else folded
