"""For whom somebody speaks: a person for the body or state of their post, an office for the state it belongs to."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from summaries.gate.actors import Actor
from summaries.gate.places import beginning
from summaries.gate.transliteration import sound_keys
from summaries.gate.words import familiar, keys
from summaries.names import Kind
from summaries.reading import Parsed
from summaries.statements.verbs import verb_of
from summaries.text import fold

_POSTS = frozenset(
    key
    for word in (
        "متحدث متحدثة ناطق ناطقة منسق منسقة مدير مديرة مندوب مندوبة سفير سفيرة رئيس رئيسة وزير وزيرة مسؤول مسؤولة "
        "مبعوث مبعوثة أمين مستشار مستشارة ممثل ممثلة نقيب نقيبة مفوض قيادي مصدر عضو نائب"
    ).split()
    for key in keys(word)
)
_OFFICES = frozenset(key for word in "مكتب ديوان وزارة حكومة خارجية رئاسة جيش".split() for key in keys(word))
_BODIES = frozenset(
    fold(word)
    for word in (
        "منظمة وكالة وزارة حركة حزب مجلس لجنة هيئة نقابة مؤسسة شركة جمعية بلدية جامعة محكمة مفوضية اتحاد بنك"
    ).split()
)
_ENDS = frozenset(fold(w) for w in "لدى إلى عند الذي التي أن إن أنه إنه مع ضد خلال بعد قبل".split())
_BREAK = re.compile(r"[،؛,:\n.؟!]")
_PLAIN = ("", "في", "فى")
_WITHIN = (*_PLAIN, "ل", "لل")
_LENGTH = 10  # words of a post, at most


def _body_marks(folded: str) -> frozenset[str]:
    """The marks of a word for a body without its name, «المنظمة»; none for another word."""
    bare = folded.removeprefix("لل").removeprefix("ال")
    return frozenset(f"body:={key}" for key in keys(bare)) if bare in _BODIES else frozenset()


def affiliations(parsed: Parsed, actors: Sequence[Actor]) -> Mapping[str, frozenset[str]]:
    """By the id of a person, or a key of an unknown name: the bodies and states of the posts that a text gives them."""
    found: dict[str, set[str]] = defaultdict(set)
    for number, actor in enumerate(actors):
        if actor.words.isdisjoint(_POSTS):
            continue
        end = _end(parsed, actors, actor.low)
        served = _served(parsed, actors, actor.low, end, _WITHIN)
        holders = {
            key
            for other in beginning(actors, actor.low, end)
            for key in _keys(other) | _family(parsed, other)
        }
        if not holders and (after := _beyond(parsed, actors, end)) is not None:
            holders = set(_keys(after))  # «مدير المنظمة، فلان،»
        before = actors[number - 1] if number else None
        if not holders and before is not None and before.high == actor.low and "،" in _gap(parsed, actor.low):
            holders = set(_keys(before))  # «فلان، مدير المنظمة»
        for key in holders:
            found[key] |= served
    return {key: frozenset(served) for key, served in found.items()}


def with_affiliations(
    parsed: Parsed, actors: Sequence[Actor], known: Mapping[str, frozenset[str]], article: "Titled"
) -> tuple[Actor, ...]:
    """The actors with those for whom they speak: by their post here, or by what the article says of them."""
    return tuple(
        replace(actor, serves=frozenset(_own(parsed, actors, actor, article)).union(*_of(actor, known)))
        for actor in actors
    )


class Titled:
    """Those of an article by the words of their titles."""

    def __init__(self, article: Iterable[Actor]) -> None:
        self._known: dict[frozenset[str], frozenset[str]] = {}
        self._by_word: dict[str, list[Actor]] = defaultdict(list)
        for actor in article:
            for word in actor.words if actor.sides else ():
                self._by_word[word].append(actor)

    def sides(self, title: frozenset[str]) -> frozenset[str]:
        """The states of those that have all the words of a title; of an empty one none."""
        if title not in self._known:
            few = min((self._by_word.get(word, []) for word in title), key=len, default=[])
            found = (side for other in few if title <= other.words for side in other.sides)
            self._known[title] = frozenset(found)
        return self._known[title]


def _own(parsed: Parsed, actors: Sequence[Actor], actor: Actor, article: Titled) -> Iterable[str]:
    if actor.words.isdisjoint(_POSTS | _OFFICES):
        return ()
    found = _served(parsed, actors, actor.low, _end(parsed, actors, actor.low), _PLAIN)
    if actor.sides or actor.words.isdisjoint(_OFFICES):
        return found
    sides = article.sides(actor.words - _OFFICES)
    return found | sides if len(sides) == 1 else found


def _of(actor: Actor, known: Mapping[str, frozenset[str]]) -> list[frozenset[str]]:
    return [known[key] for key in _keys(actor) if key in known]


def _keys(actor: Actor) -> frozenset[str]:
    return actor.people | actor.strangers


def _served(parsed: Parsed, actors: Sequence[Actor], low: int, end: int, joined: tuple[str, ...]) -> set[str]:
    """The bodies and states between two places, by their ids, sides and marks."""
    inside = [a for a in beginning(actors, low, max(end, low + 1)) if a.low == low or a.before in joined]
    names = [name for actor in inside for name in actor.names if name.kind not in (Kind.PERSON, Kind.TITLE)]
    marks = {mark for token in parsed.tokens[low + 1 : end] for mark in _body_marks(token.folded)}
    return (
        {name.id for name in names} | {s for name in names for s in (name.side, name.country)} | marks
    ) - {""}


def _family(parsed: Parsed, actor: Actor) -> frozenset[str]:
    """The keys of the word after an unknown name, where that is none of the language either: «بيتر هالغرين»."""
    if not actor.strangers or actor.high >= len(parsed.tokens) or _gap(parsed, actor.high).strip():
        return frozenset()
    word = parsed.tokens[actor.high].text
    return frozenset() if actor.high in parsed.named or familiar(word) else keys(word) | sound_keys(word)


def _beyond(parsed: Parsed, actors: Sequence[Actor], end: int) -> Actor | None:
    """Who is named between two commas right after a post."""
    after = next((a for a in beginning(actors, end, end + 2) if _keys(a)), None)
    if after is None or after.high >= len(parsed.tokens) or "،" not in _gap(parsed, end):
        return None
    return after if "،" in _gap(parsed, after.high) else None


def _end(parsed: Parsed, actors: Sequence[Actor], low: int) -> int:
    """One past the last word of a post and its holder."""
    end = low + 1
    near = beginning(actors, low, low + _LENGTH)
    holder = next((a.high for a in near if a.high > low + 1 and _keys(a)), len(parsed.tokens))
    while end < min(holder, low + _LENGTH):
        folded = parsed.tokens[end].folded
        if _BREAK.search(_gap(parsed, end)) or folded in _ENDS or verb_of(folded) is not None:
            break
        end += 1
    return end


def _gap(parsed: Parsed, place: int) -> str:
    return parsed.between(place - 1, place)
