"""A topic: who stands against whom, by which words it shows. All of it is data, one TOML file for each topic.

id = "us-israel"
names = {ar = "…", en = "…"}
[[party]]          id, names, sides (of the gazetteer), aliases (phrases that mean it),
                   proxies (phrases for its deeds: «الاستيطان»)
[opponents]        sides: third sides whose quarrel with a party is another story
[cues.KIND]        verbs, nouns, phrases; KIND is one of CUES below
[weights.core], [weights.touches]      of the features in `relevance`; learnt by scripts/train_relevance.py
[thresholds]       core, touches
"""

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from ahocorasick_rs import AhoCorasick

from summaries.errors import KawalisError
from summaries.text import noun_forms, phrase_form, verb_forms
from summaries.types import TopicId

CUES = ("friction", "pressure", "rift", "evaluation", "cooperation", "combat")
"""What a cue word says: one acts against the other; one presses the other; the state between them; a judgement
of a deed; dealings without quarrel; fighting."""
_PARTY_KEYS = frozenset(("id", "names", "sides", "aliases", "proxies"))
_KNOWN = frozenset(("id", "names", "party", "opponents", "cues", "weights", "thresholds"))


class TopicError(KawalisError):
    """A topic file that cannot be used. The key says which rule it breaks; `line` is where, `file` is the caller's
    to add.
    """

    def of_file(self, file: str) -> "TopicError":
        """The same, with the name of the file that was read."""
        return TopicError(self.key, **{**self.values, "file": file})


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """One side of the dispute. `sides` are sides of gazetteer names; the rest are folded phrases."""

    id: str
    names: Mapping[str, str]
    sides: frozenset[str]
    aliases: frozenset[str] = frozenset()
    proxies: frozenset[str] = frozenset()

    def name(self, language: str) -> str:
        return self.names.get(language) or next(iter(self.names.values()))


@dataclass(frozen=True, slots=True, kw_only=True)
class Cue:
    """A word that shows a relation; `key` is how the topic writes it."""

    kind: str
    key: str
    verb: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    id: TopicId
    names: Mapping[str, str]
    parties: tuple[Party, ...]
    opponents: frozenset[str]
    words: Mapping[str, Cue] = field(repr=False)  # by folded form; megabytes
    phrases: "Phrases"
    weights: Mapping[str, Mapping[str, float]]
    thresholds: Mapping[str, float]

    def name(self, language: str) -> str:
        """The topic's name in a language, or in the first it has."""
        return self.names.get(language) or next(iter(self.names.values()))

    @property
    def sides(self) -> frozenset[str]:
        """The gazetteer's sides of all parties."""
        return frozenset().union(*(party.sides for party in self.parties))

    def party_of(self, side: str) -> str | None:
        """The party to which a gazetteer's side belongs."""
        return next((party.id for party in self.parties if side and side in party.sides), None)


class Phrases:
    """Phrases of several words and what each stands for, found in time linear in the text."""

    def __init__(self, meanings: Mapping[str, tuple[str, Any]]) -> None:
        self._meanings = list(meanings.values())
        self._automaton = AhoCorasick([f" {phrase} " for phrase in meanings])

    def find(self, joined: str) -> Iterable[tuple[int, int, tuple[str, Any]]]:
        """Start, end and meaning in folded words joined by single blanks, with a blank before and after."""
        for pattern, start, end in self._automaton.find_matches_as_indexes(joined, overlapping=True):
            yield start, end, self._meanings[pattern]


def parse_topic(text: str) -> Topic:
    """Read a topic file. Raises `TopicError`, whose key names the rule and whose value `line` the place."""
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        line = re.search(r"line (\d+)", str(error))
        raise _wrong("not_toml", line[1] if line else "1", cause=str(error)) from error
    for key in data.keys() - _KNOWN:
        raise _wrong("unknown_key", _line(text, key), name=key, known=", ".join(sorted(_KNOWN)))
    parties = _parties(data, text)
    return Topic(
        id=TopicId(_text(data, "id", text)),
        names=_names(data, text),
        parties=parties,
        opponents=frozenset(_strings(data.get("opponents", {}), "sides", text)),
        words=_words(data, text),
        phrases=Phrases(_phrases(data, parties, text)),
        weights=_numbers_of(data, "weights", text),
        thresholds=_numbers(data.get("thresholds", {}), "thresholds", text),
    )


def _wrong(rule: str, line: str, **values: str) -> TopicError:
    return TopicError(f"topic.bad.{rule}", file="", line=line, **values)


def _line(text: str, key: str) -> str:
    found = re.search(rf"^\s*\[*(?:\w+\.)*{re.escape(key)}\b", text, re.MULTILINE)
    return str(text.count("\n", 0, found.end()) + 1) if found else "1"


def _text(data: Mapping[str, Any], key: str, text: str) -> str:
    value = data.get(key)
    if not isinstance(value, str) or not value.strip():
        raise _wrong("no_text", _line(text, key), name=key)
    return value


def _names(data: Mapping[str, Any], text: str) -> Mapping[str, str]:
    names = data.get("names")
    if not isinstance(names, dict) or not names or not all(isinstance(n, str) and n for n in names.values()):
        raise _wrong("no_names", _line(text, "names"))
    return names


def _strings(data: Mapping[str, Any], key: str, text: str) -> list[str]:
    value = data.get(key, [])
    if not isinstance(value, list) or not all(isinstance(item, str) and item.strip() for item in value):
        raise _wrong("no_list", _line(text, key), name=key)
    return value


def _parties(data: Mapping[str, Any], text: str) -> tuple[Party, ...]:
    given = data.get("party", [])
    if not isinstance(given, list) or len(given) < 2:
        raise _wrong("one_party", _line(text, "party"))
    for party in given:
        for key in party.keys() - _PARTY_KEYS:
            raise _wrong("unknown_key", _line(text, key), name=key, known=", ".join(sorted(_PARTY_KEYS)))
    parties = tuple(
        Party(
            id=_text(party, "id", text),
            names=_names(party, text),
            sides=frozenset(_strings(party, "sides", text)),
            aliases=frozenset(map(phrase_form, _strings(party, "aliases", text))),
            proxies=frozenset(map(phrase_form, _strings(party, "proxies", text))),
        )
        for party in given
    )
    for party in parties:
        if not party.sides and not party.aliases:
            raise _wrong("empty_party", _line(text, "party"), party=party.id)
    _distinct(parties, text)
    return parties


def _distinct(parties: tuple[Party, ...], text: str) -> None:
    """No two parties share an id or a side: an actor belongs to one."""
    taken: dict[str, str] = {}
    for party in parties:
        for name in (party.id, *(f"{side} " for side in party.sides)):
            if name in taken:
                raise _wrong("twice", _line(text, "party"), name=name.strip(), party=taken[name])
            taken[name] = party.id


def _cues(data: Mapping[str, Any], text: str) -> Mapping[str, Any]:
    cues = data.get("cues", {})
    for kind, lists in cues.items():
        if kind not in CUES or not isinstance(lists, dict):
            raise _wrong("cue_kind", _line(text, kind), name=kind, known=", ".join(CUES))
        for key in lists.keys() - {"verbs", "nouns", "phrases"}:
            raise _wrong("unknown_key", _line(text, key), name=key, known="nouns, phrases, verbs")
    if not any(cues.values()):
        raise _wrong("no_cues", _line(text, "cues"))
    return dict(cues)


def _words(data: Mapping[str, Any], text: str) -> Mapping[str, Cue]:
    found: dict[str, Cue] = {}
    for kind, lists in _cues(data, text).items():
        for entry in _strings(lists, "verbs", text):
            for form in verb_forms(entry):
                found.setdefault(form, Cue(kind=kind, key=entry.partition("/")[0], verb=True))
        for entry in _strings(lists, "nouns", text):
            for form in noun_forms(entry):
                found.setdefault(form, Cue(kind=kind, key=entry))
    return found


def _phrases(data: Mapping[str, Any], parties: Iterable[Party], text: str) -> Mapping[str, tuple[str, Any]]:
    """Each phrase with what it stands for: ("cue", Cue), ("alias", party id) or ("proxy", party id)."""
    found: dict[str, tuple[str, Any]] = {}
    for kind, lists in _cues(data, text).items():
        for phrase in _strings(lists, "phrases", text):
            _with_clitics(found, phrase_form(phrase), ("cue", Cue(kind=kind, key=phrase)))
    for party in parties:
        for phrase in party.aliases:
            _with_clitics(found, phrase, ("alias", party.id))
        for phrase in party.proxies:
            _with_clitics(found, phrase, ("proxy", party.id))
    return found


def _with_clitics(found: dict[str, tuple[str, Any]], phrase: str, meaning: tuple[str, Any]) -> None:
    for clitic in ("", "و", "ف", "ب", "ل", "وب", "ول"):
        found.setdefault(clitic + phrase, meaning)
    if phrase.startswith("ال"):
        found.setdefault("ل" + phrase[1:], meaning)
        found.setdefault("ول" + phrase[1:], meaning)


def _numbers(data: Any, key: str, text: str) -> Mapping[str, float]:
    if not isinstance(data, dict) or not all(isinstance(value, int | float) for value in data.values()):
        raise _wrong("no_numbers", _line(text, key), name=key)
    return {name: float(value) for name, value in data.items()}


def _numbers_of(data: Mapping[str, Any], key: str, text: str) -> Mapping[str, Mapping[str, float]]:
    tables = data.get(key, {})
    if not isinstance(tables, dict):
        raise _wrong("no_numbers", _line(text, key), name=key)
    return {name: _numbers(table, name, text) for name, table in tables.items()}
