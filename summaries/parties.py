"""Who is meant where a party of a topic is named: who can act, together with whom, and for whom it speaks.

A third side is an actor too, of no party. An embassy is a building until a verb makes it speak, and where an
ambassador serves is a place; single members speak for no parliament; who condemns «attacks on Israel» condemns others.
"""

from dataclasses import dataclass, replace

from summaries.names import Kind
from summaries.reading import Parsed
from summaries.text import fold
from summaries.topic import Topic
from summaries.types import Span

_ACTORS = frozenset(
    (
        Kind.PERSON, Kind.OFFICE, Kind.GOVERNMENT, Kind.MINISTRY, Kind.ARMY, Kind.PARLIAMENT, Kind.COUNTRY,
        Kind.DEMONYM, Kind.CITY, Kind.GROUP, Kind.BODY,
    )
)  # fmt: skip
_OPENINGS = frozenset(("و", "ف"))
_JOINING = frozenset(("و", "مع"))
_ALLIES = frozenset(("وحليفها", "وحليفتها", "وحليفه", "وحليفته", "وحلفاؤها", "وحلفايها"))
_WITH = frozenset(("مع",))
_TOWARDS = frozenset(("علي", "الي", "ضد", "تجاه", "بحق"))
_PRIVATE = frozenset(
    ("السابق", "السابقه", "الاسبق", "سابقا", "المعارض", "المعارضه", "معارض", "المرشح", "المرشحه", "المتقاعد")
)
_HOUSES = ("سفار", "السفار", "قنصلي", "القنصلي")  # a building, unless a verb makes it speak
_POSTED = ("سفير", "السفير", "سفراء", "القنصل", "قنصل")
_AT = frozenset(("في", "لدي", "الي"))
_MEMBERS = frozenset(
    fold(w) for w in "في عضو عضوا أعضاء عضوة نائب نائبة نواب مشرع مشرعون مشرعين زعيم زعيمة".split()
)
_ATTACKS = frozenset(
    fold(clitic + noun)
    for noun in (
        "الهجوم",
        "الهجمات",
        "الهجمة",
        "الاعتداء",
        "الاعتداءات",
        "الصواريخ",
        "القصف",
        "هجمات",
        "صواريخ",
    )
    for clitic in ("", "ب", "و", "ل")
)


@dataclass(frozen=True, slots=True)
class Actor:
    """A party or third side where it is mentioned; places count tokens."""

    first: int
    last: int
    party: str  # party id, or "" for a third side
    deed: bool = False
    adjective: bool = False
    kin: str = (
        ""  # the party of whose country it is, where it does not speak for it: legislators, former ones
    )
    added: bool = False  # after و that is no letter of its own: «وإسرائيل», not «وزير»
    joined: bool = False  # with the other party: «واشنطن وتل أبيب»
    shared: bool = False  # with a third side: «الإسرائيليين والفلسطينيين»
    beside: bool = False  # after مع: whom one deals with, not on whom one acts
    towards: bool = False  # after ل، على، إلى، ضد: acted on, never acting
    attacked: bool = False  # after «الهجمات على»: who condemns these acts on somebody else


def private(parsed: Parsed) -> frozenset[str]:
    """The ids of people whom a text calls former, opposition or candidate: they speak for nobody."""
    found = set()
    for mention in parsed.mentions:
        if mention.name.kind is Kind.PERSON:
            low, high = parsed.range_of(Span(start=mention.start, end=mention.end))
            around = (*parsed.tokens[max(0, low - 3) : low], *parsed.tokens[high : high + 1])
            if any(token.folded in _PRIVATE for token in around):
                found.add(mention.name.id)
    return frozenset(found)


def named(parsed: Parsed, topic: Topic, silent: frozenset[str]) -> list[Actor]:
    """The actors of a text, in its order; people of `silent` ids stand for no party."""
    found: list[Actor] = []
    for mention in parsed.mentions:
        name = mention.name
        if name.kind not in _ACTORS:
            continue
        first, last = parsed.range_of(Span(start=mention.start, end=mention.end))
        behind = first == len(parsed.tokens) or parsed.tokens[first].start > mention.start  # a clitic
        first -= behind
        single = name.kind is Kind.PARLIAMENT and _is_members(parsed, first)
        party = topic.party_of(name.side) if name.id not in silent and not single else None
        if (party is None and not (name.side or name.country)) or (party is None and name.kind is Kind.CITY):
            continue
        if name.kind is Kind.OFFICE and _is_house(parsed, first, last):
            continue
        if name.kind in (Kind.COUNTRY, Kind.CITY) and _is_post(parsed, first, behind=behind):
            continue
        added = behind and parsed.tokens[first].folded[0] in _OPENINGS
        adjective = name.kind is Kind.DEMONYM
        kin = party or topic.party_of(name.country) or topic.party_of(name.side) or ""
        attacked = name.kind is Kind.COUNTRY and _attacked(parsed, first, found)
        found.append(
            Actor(first, last - 1, party or "", adjective=adjective, kin=kin, added=added, attacked=attacked)
        )
    return found


def _is_members(parsed: Parsed, first: int) -> bool:
    """Whether single members are meant: «ديمقراطيون بالكونغرس», «أعضاء في الكنيست»."""
    words = [token.folded for token in parsed.tokens[max(0, first - 2) : first + 1]]
    return words[-1].startswith("ب") or not _MEMBERS.isdisjoint(words[:-1])


def _attacked(parsed: Parsed, first: int, before: list[Actor]) -> bool:
    """«الهجمات على إسرائيل», «الهجمات الصاروخية ضد إسرائيل»; not «الهجوم الأمريكي على إسرائيل»."""
    words = [token.folded for token in parsed.tokens[max(0, first - 3) : first]]
    if not words or words[-1] not in _TOWARDS or _ATTACKS.isdisjoint(words[:-1]):
        return False
    return not (before and before[-1].party and before[-1].last == first - 2)


def _is_house(parsed: Parsed, first: int, last: int) -> bool:
    """Whether an embassy is only a place: no verb that agrees with it stands beside it, and it opens no text."""
    words = parsed.tokens
    if not words[first].folded.startswith(_HOUSES) or first == 0:
        return False
    agrees = last < len(words) and words[last].folded.startswith("ت")
    return not (words[first - 1].folded.endswith("ت") or agrees)


def _is_post(parsed: Parsed, first: int, *, behind: bool) -> bool:
    """Whether a country is where somebody serves: «السفير الأميركي في إسرائيل», «سفيرها بإسرائيل»."""
    words = [token.folded for token in parsed.tokens[max(0, first - 4) : first + 1]]
    inside = (behind and words[-1][0] == "ب") or (len(words) > 1 and words[-2] in _AT)
    return inside and any(word.lstrip("وفبل").startswith(_POSTED) for word in words[:-1])


def placed(actors: list[Actor], parsed: Parsed) -> list[Actor]:
    """Mark who acts or is addressed together: «إسرائيل والولايات المتحدة», «العرب وإسرائيل»."""
    joined, shared = set[int](), set[int]()
    for place in range(len(actors) - 1):
        one, other = actors[place], actors[place + 1]
        if one.party == other.party or one.deed or other.deed or not _together(one, other, parsed):
            continue
        (joined if one.party and other.party else shared).update((place, place + 1))
    return [_placed(actor, parsed, place in joined, place in shared) for place, actor in enumerate(actors)]


def _placed(actor: Actor, parsed: Parsed, joined: bool, shared: bool) -> Actor:
    beside = actor.first > 0 and parsed.tokens[actor.first - 1].folded in _WITH
    towards = _towards(actor, parsed)
    if not (joined or shared or beside or towards):
        return actor
    return replace(actor, joined=joined, shared=shared, beside=beside, towards=towards)


def _towards(actor: Actor, parsed: Parsed) -> bool:
    word = parsed.tokens[actor.first].folded
    return (
        word.startswith(("لل", "ول"))
        or (word[0] == "ل" and not word.startswith(("لا", "لب", "لي", "لن", "لو")))
        or (actor.first > 0 and parsed.tokens[actor.first - 1].folded in _TOWARDS)
    )


def _together(one: Actor, other: Actor, parsed: Parsed) -> bool:
    gap = other.first - one.last - 1
    if gap == 0:
        return other.added or (one.adjective and other.adjective)
    return gap == 1 and parsed.tokens[other.first - 1].folded in _JOINING | _ALLIES
