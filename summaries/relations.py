"""Who acts on whom: a cue word joined to the parties around it, without a parser.

Arabic puts the subject right before the verb (in headlines) or right after it (in texts); the other party comes
next. A noun of action takes the actor as its adjective («ضغوط أمريكية على …»); a word of rift («خلاف») has both
beside it. A third side between them takes the role of the one who is acted on, so that «ضغط أمريكي على حماس»
joins nobody to Israel.
"""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import IntEnum
from itertools import accumulate, pairwise

from summaries.parties import Actor, named, placed
from summaries.reading import Parsed
from summaries.text import fold, verb_forms
from summaries.topic import Cue, Topic

_ATTACHED = 2  # words between a subject and the verb after it
_FOLLOWS = 5  # words between a verb and the subject after it
_REACH = 16  # words from a cue to the party acted on
_LONGEST = 40  # words of a name, at most
_OWN = ("ها", "هم", "ه")  # his, her, their: «دعوتها لإسرائيل» is made by whom was named before
_BACK = frozenset(("فيه", "فيها", "خلاله", "خلالها"))  # after a verb whose subject was named before
_NOT = frozenset(("لا", "لم", "لن", "ليس", "ليست", "عدم", "دون", "تجنب", "وتجنب", "بدون", "بعدم", "وعدم"))
_DENIES = verb_forms("نفى/ينفي") | frozenset(("فشل", "فشلت", "تعثر", "تعثرت", "الغاء", "رفض"))
_HE = frozenset(
    ("انه", "انها", "لكنه", "لكنها", "ولكنه", "ولكنها", "فانه", "فانها", "وهو", "وهي", "وانه", "وانها")
)
# What stands before one of these answers what stands after it.
_AFTER = frozenset(("بعد", "عقب", "اعقاب", "اثر", "ردا", "تعليقا", "وسط"))
_SAYS = frozenset(("ان", "انه", "انها", "بان"))


class Bond(IntEnum):
    """How much a cue word joins."""

    NONE = 0
    HALF = 1  # one party acts, nobody is acted on in reach
    DEED = 2  # one party acts on a deed of the other
    FULL = 3  # one party acts on the other


@dataclass(frozen=True, slots=True)
class Found:
    """A cue word at a token."""

    place: int
    cue: Cue
    own: bool = False  # with «its», so that its actor was named before
    negated: bool = False
    resumed: bool = False  # a verb after «لكنه»: who opened the sentence acts
    other: bool = False  # a verb right after «والمقاومة» and the like: somebody we do not know acts


@dataclass(frozen=True, slots=True)
class Relation:
    """What a cue word says of whom. `place` is its token."""

    place: int
    cue: Cue
    bond: Bond
    subject: Actor | None = None
    target: Actor | None = None


@dataclass(frozen=True, slots=True)
class Scene:
    """Parties and cue words of a text, in order."""

    actors: tuple[Actor, ...]
    cues: tuple[Found, ...]
    saying: frozenset[int] = frozenset()  # places of «إن»
    answering: tuple[int, ...] = ()  # places of «بعد», «ردا»

    def actors_in(self, low: int, high: int) -> Sequence[Actor]:
        """Those that begin between two places."""
        return self.actors[
            bisect_left(self.actors, low, key=_first) : bisect_left(self.actors, high, key=_first)
        ]


def _first(actor: Actor) -> int:
    return actor.first


def _place(found: Found) -> int:
    return found.place


def scene(parsed: Parsed, topic: Topic, silent: frozenset[str] = frozenset()) -> Scene:
    """The parties, their deeds and the cue words of a text; people of `silent` ids stand for no party."""
    actors = named(parsed, topic, silent)
    cues = []
    starts, joined = _joined(parsed)
    taken = {place for actor in actors for place in range(actor.first, actor.last + 1)}
    for start, end, (what, value) in topic.phrases.find(joined):
        first, last = bisect_left(starts, start + 1), bisect_left(starts, end) - 1
        if what == "cue":
            cues.append(Found(first, value))
        elif first not in taken:
            actors.append(Actor(first, last, value, kin=value, deed=what == "proxy"))
            taken.update(range(first, last + 1))
    words = topic.words
    for place, token in enumerate(parsed.tokens):
        cue = words.get(token.folded)
        if cue is not None and place not in taken:
            backwards = parsed.tokens[place + 1 : place + 2]
            own = backwards[0].folded in _BACK if cue.verb and backwards else _has_own(token.folded, cue)
            if cue.kind == "cooperation" and _denied(parsed, place):
                cue = replace(cue, kind="rift")
            before = parsed.tokens[place - 1].folded if place else ""
            other = cue.verb and before.startswith("وال") and place - 1 not in taken
            resumed = cue.verb and before in _HE
            cues.append(Found(place, cue, own, before in _NOT and cue.kind != "rift", resumed, other))
    actors.sort(key=lambda actor: actor.first)
    cues.sort(key=lambda found: found.place)
    saying = frozenset(place for place, token in enumerate(parsed.tokens) if token.folded in _SAYS)
    answering = tuple(place for place, token in enumerate(parsed.tokens) if token.folded in _AFTER)
    return Scene(tuple(placed(actors, parsed)), tuple(cues), saying, answering)


def _denied(parsed: Parsed, place: int) -> bool:
    """Whether what joins the two is denied: «تنفي وجود اتفاق», «لم يتوصلا إلى تفاهم»."""
    before = parsed.tokens[max(0, place - 3) : place]
    return any(token.folded in _DENIES or token.folded in _NOT for token in before)


def _has_own(word: str, cue: Cue) -> bool:
    return (word.endswith(_OWN) and not fold(cue.key).endswith(_OWN)) or word.endswith(("تها", "ته", "تهم"))


def _joined(parsed: Parsed) -> tuple[list[int], str]:
    """The folded words with single blanks and one at each end, and the offset in it of each word and of the end."""
    words = [token.folded for token in parsed.tokens]
    return list(accumulate(map(_with_blank, words), initial=1)), " " + " ".join(words) + " "


def _with_blank(word: str) -> int:
    return len(word) + 1


def relations(scene: Scene, low: int, high: int) -> list[Relation]:
    """What each cue word among the tokens from `low` to `high` says of the parties in that range.

    What a third side says or wishes («السلطة تدعو واشنطن إلى الضغط على …») is not yet done.
    """
    actors = [actor for actor in scene.actors_in(low, high) if not actor.attacked]
    cues = scene.cues[bisect_left(scene.cues, low, key=_place) : bisect_left(scene.cues, high, key=_place)]
    around = _Around(actors, cues, scene.answering)
    found = [_relation(found, around) for found in cues]
    if _third_speaks(actors, low, scene.saying):
        return [replace(relation, bond=min(relation.bond, Bond.HALF)) for relation in found]
    wished = {r.target.first for r in found if r.cue.verb and r.target and r.subject and not r.subject.party}
    return [
        replace(r, bond=min(r.bond, Bond.HALF)) if r.subject and r.subject.first in wished else r
        for r in found
    ]


def _third_speaks(actors: Sequence[Actor], low: int, saying: frozenset[int]) -> bool:
    """Whether a sentence is what a third side says: «قالت السلطة إن …», «السلطة: …» has no إن but no other actor
    before it either.
    """
    if not actors or actors[0].party or actors[0].first - low > _FOLLOWS:
        return False
    return any(actors[0].last + gap in saying for gap in range(1, _REACH // 2))


class _Around:
    """The parties and cue words of a range, to look up who stands near a word."""

    def __init__(self, actors: Sequence[Actor], cues: Sequence[Found], answering: Sequence[int]) -> None:
        self._actors, self._answering = actors, answering
        self._plain = [a for a in actors if not (a.deed or a.adjective or a.shared)]
        self.speaker = next((a for a in actors if not a.deed), None)
        self.cues = frozenset(found.place for found in cues)
        self.verbs = frozenset(found.place for found in cues if found.cue.verb)

    def near(self, place: int) -> Sequence[Actor]:
        """Those that may have a word in reach."""
        low = bisect_left(self._actors, place - _REACH - _LONGEST, key=_first)
        return self._actors[low : bisect_left(self._actors, place + _REACH + 1, key=_first)]

    def turn(self, place: int) -> int | None:
        """The last word of answering before a place."""
        number = bisect_left(self._answering, place)
        return self._answering[number - 1] if number else None

    def told(self, turn: int) -> Actor | None:
        """The first that begins after a place."""
        number = bisect_left(self._actors, turn + 1, key=_first)
        return self._actors[number] if number < len(self._actors) else None

    def answered(self, turn: int) -> Actor | None:
        """The last that acts for itself before a place."""
        number = bisect_left(self._plain, turn, key=_first)
        return next(
            (
                actor
                for actor in reversed(self._plain[max(0, number - _LONGEST) : number])
                if actor.last < turn
            ),
            None,
        )


def _relation(found: Found, around: _Around) -> Relation:
    near = around.near(found.place)
    before = [a for a in near if a.last < found.place and found.place - a.last <= _REACH]
    after = _within(found, [a for a in near if a.first > found.place], around)
    kind = found.cue.kind
    if kind == "rift":
        pair = _two_beside(before, after, own=found.own)
    elif kind == "evaluation":
        pair = _judged(around.speaker, near, found.place)
    else:
        pair = _acting(before, after, found)
    bond = _bond(*pair, symmetric=kind == "rift")
    if found.negated:
        return Relation(found.place, found.cue, min(bond, Bond.HALF), *pair)
    return _answered(Relation(found.place, found.cue, bond, *pair), around)


def _answered(relation: Relation, around: _Around) -> Relation:
    """Who acts on nobody in reach, in what another answers, acts on that other: «تؤكد واشنطن … بعد رفض إسرائيل»."""
    subject = relation.subject
    if relation.bond is not Bond.HALF or subject is None or relation.target is not None:
        return relation
    if relation.cue.kind not in ("friction", "pressure"):
        return relation
    turn = around.turn(min(subject.first, relation.place))
    if turn is None:
        return relation
    told, before = around.told(turn), around.answered(turn)
    if told is None or told.party != subject.party or told.first - turn > _FOLLOWS:
        return relation
    if before is None or before.party in ("", subject.party):
        return relation
    return replace(relation, target=before, bond=Bond.FULL)


def _within(found: Found, after: Sequence[Actor], around: _Around) -> list[Actor]:
    """The actors after a cue word up to where another clause begins with its own subject and verb.

    A third side that only adds another actor of the same kind («إدانة أردنية») is passed over.
    """
    kept: list[Actor] = []
    last = 0
    for actor in after:
        if actor.first - found.place > _REACH:
            break
        if kept and any(actor.last + gap in around.verbs for gap in range(1, _ATTACHED + 1)):
            break
        beside = bool(kept) and actor.first == last + 1
        last = actor.last
        if not actor.party and actor.adjective and kept and (beside or actor.first - 1 in around.cues):
            continue
        kept.append(actor)
    return kept


def _two_beside(
    before: Sequence[Actor], after: Sequence[Actor], *, own: bool
) -> tuple[Actor | None, Actor | None]:
    """The two nearest that differ: both after, one on each side, or both before."""
    before, after = [a for a in before if not a.deed], [a for a in after if not a.deed]
    around = [*before[-1:], *after[:1]]
    for near in (around if own else list(after[:3]), around, list(before[-2:])):
        for one, other in pairwise(near):
            if one.party != other.party:
                return one, other
    nearest = (*after[:1], *before[-1:])
    return (nearest[0], None) if nearest else (None, None)


def _judged(speaker: Actor | None, actors: Sequence[Actor], place: int) -> tuple[Actor | None, Actor | None]:
    """Who speaks first in the sentence judges; what is judged stands near the word."""
    if speaker is None:
        return None, None
    near = [a for a in actors if a.party != speaker.party and abs(a.first - place) <= _REACH]
    return speaker, min(near, key=lambda a: abs(a.first - place), default=None)


def _acting(
    before: Sequence[Actor], after: Sequence[Actor], found: Found
) -> tuple[Actor | None, Actor | None]:
    previous, following = (before[-1] if before else None), (after[0] if after else None)
    if found.resumed and before:
        previous = next((a for a in before if not (a.deed or a.shared)), previous)
    leads = previous is not None and found.place - previous.last <= _ATTACHED and not previous.deed
    near = _FOLLOWS if found.cue.verb else 2
    follows = (
        following is not None
        and following.first - found.place <= near
        and not (found.own or following.deed or (following.towards and previous is not None))
    )
    if found.other:
        return None, None
    if found.cue.verb and (leads or found.resumed):
        subject = previous
    elif follows:
        subject = following
    else:
        subject = previous
    if subject is None:
        return None, None
    others = [
        a for a in after if a.first > subject.first and a.party != subject.party and not _beside(subject, a)
    ]
    target = others[0] if others else None
    if target is None and subject is following and previous is not None and previous.party != subject.party:
        target = previous
    return subject, target


def _beside(subject: Actor, other: Actor) -> bool:
    """Whether a third side acts with the subject: «الولايات المتحدة والأمم المتحدة»."""
    return subject.shared and other.shared and not other.party and 0 < other.first - subject.last <= 2


def _bond(subject: Actor | None, target: Actor | None, *, symmetric: bool) -> Bond:
    if subject is None or not subject.party:
        return Bond.NONE
    if target is None:
        return Bond.HALF
    if not target.party or (not symmetric and subject.joined and target.joined):
        return Bond.NONE
    if not symmetric and (target.shared or target.beside):
        return Bond.HALF
    return Bond.DEED if target.deed or subject.deed else Bond.FULL
