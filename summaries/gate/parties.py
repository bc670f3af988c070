"""Parties: everybody and everything a text names, as the gate compares them: people, offices, states, places,
and names that no list has but that the text marks as such («قرية …», «لجنة …», a name between quotation marks).
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from summaries.gate.actors import Actor, is_title
from summaries.gate.namelists import NameLists
from summaries.gate.short_forms import short_forms
from summaries.gate.strangers import GIVEN, unknown
from summaries.gate.words import bare_forms, familiar, little
from summaries.names import Kind, Name
from summaries.reading import Parsed
from summaries.statements.verbs import verb_of
from summaries.text import fold
from summaries.types import Span

_AT = frozenset(
    fold(w)
    for w in "في فى عند عبر حول قرب شمال جنوب شرق غرب شمالي جنوبي شرقي غربي داخل خارج محيط من إلى".split()
)
_IN = frozenset(fold(w) for w in "في فى داخل".split())
_TOWNS = frozenset({Kind.CITY, Kind.PLACE})
_SPEAKING = frozenset(
    {Kind.COUNTRY, Kind.CITY, Kind.DEMONYM, Kind.GOVERNMENT, Kind.OFFICE, Kind.MINISTRY, Kind.ARMY, Kind.PARLIAMENT,
     Kind.PERSON}
)  # fmt: skip
_OF_STATE = frozenset(("generic", "public", "court"))  # roles of groups that stand for their state
_QUOTED = re.compile(r"«([^«»]{2,30})»")
_SITES = "قرية بلدة مدينة محور معبر مخيم حي جبل ميناء مطار نهر جزيرة حقل سد جسر محافظة ولاية إقليم".split()
_BODIES = (
    "لجنة صحيفة مجلة وكالة قناة شبكة منظمة جمعية مجموعة شركة بنك مصرف جامعة نادي حزب حركة مفوضية نقابة منصة"
).split()
_SHORT = 3  # letters below which a word that no list has says too little
_NAMING = {fold(w): True for w in _SITES} | {fold(w): False for w in _BODIES}
_PAPERS = frozenset(
    fold(w) for w in "البيان بيان التقرير تقرير تصريح التصريح استطلاع الاستطلاع وثيقة الدراسة دراسة".split()
)
_LIKE_HEADS = {
    fold(word): number
    for number, group in enumerate(
        ("متحدث ناطق", "متحدثة ناطقة", "مبعوث موفد مندوب سفير", "مبعوثة مندوبة سفيرة", "مسؤول مسئول مصدر",
         "وزارة خارجية حكومة إدارة سلطات", "رئيس زعيم قائد", "منتخب فريق نادي", "سفارة سفير بعثة", "سكان أهالي",
         "مكتب ديوان", "عائلات أسر أهالي ذوو", "قيادي قائد")
    )
    for word in group.split()
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """A name or a title between two tokens.

    `ids`: what it is known by, its most particular names alone; `states`: those that it belongs to or speaks for;
    `heads`: the first words of its titles; `place`: it is where something happens.
    """

    low: int
    high: int
    ids: frozenset[str]
    states: frozenset[str]
    heads: frozenset[str]
    personal: bool
    definite: bool
    place: bool
    text: str


def parties(
    parsed: Parsed, actors: tuple[Actor, ...], names: frozenset[str], lists: NameLists, known: frozenset[str]
) -> tuple[Party, ...]:
    """The parties of a text in order. `names`: keys of words that the source marks as names; `known`: the ids of
    the names that it has.
    """
    strange = frozenset(unknown(parsed))
    quoted = {p for low, high, _ in _quoted(parsed, names) for p in range(low, high)}
    found = [_of_actor(parsed, actor, strange, lists) for actor in actors if actor.low not in quoted]
    short = short_forms(parsed, known)
    found = [
        replace(party, ids=frozenset({short[party.low][1]}), definite=False)
        if party.low in short and not party.ids
        else party
        for party in found
    ]
    taken = {place for party in found for place in range(party.low, party.high)}
    for low, (high, meant) in short.items():
        if not taken.intersection(range(low, high)):
            found.append(_bare(parsed, low, high, {meant}, set()))
            taken.update(range(low, high))
    for mention in parsed.mentions:
        low, high = (
            parsed.range_of_token(mention.start),
            parsed.range_of(Span(start=mention.start, end=mention.end))[1],
        )
        if mention.name.kind in (Kind.NONE, Kind.TITLE) or taken.intersection(range(low, high)):
            continue
        found.append(_bare(parsed, low, high, {mention.name.id}, _states(mention.name)))
        taken.update(range(low, high))
    titles = frozenset(actor.high for actor in actors if is_title(parsed.tokens[actor.low].folded))
    for low, high in (*_called(parsed, titles, lists), *_full_names(parsed, lists)):
        if not taken.intersection(range(low, high)):
            ids = {sound(parsed.tokens[place].folded) for place in range(low, high)}
            found.append(_bare(parsed, low, high, ids, set(), personal=True))
            taken.update(range(low, high))
    for low, key, state in _listed(parsed, lists):
        if low not in taken:
            before = parsed.tokens[low - 1].folded if low else ""
            party = _bare(parsed, low, low + 1, {key}, {key} if state else set())
            found.append(replace(party, place=before in (_IN if state else _AT)))
            taken.add(low)
    for low, high, key in (*_quoted(parsed, names), *_marked(parsed, names)):
        if not taken.intersection(range(low, high)):
            found.append(_bare(parsed, low, high, {key}, set(), personal=key.startswith("w:")))
            taken.update(range(low, high))
    return tuple(_merged(parsed, sorted(found, key=lambda party: party.low)))


def names_marked(parsed: Parsed) -> frozenset[str]:
    """What a text marks as names: quoted names, and the words after «قرية», «لجنة» and the like."""
    found = {"«" + " ".join(fold(m[1]).split()) for m in _QUOTED.finditer(parsed.text) if _is_name(parsed, m)}
    for place in range(1, len(parsed.tokens)):
        noun = parsed.tokens[place - 1].folded
        noun = next((form for form in bare_forms(noun) if form in _NAMING), "")
        token = parsed.tokens[place]
        gap = parsed.between(place - 1, place)
        plain = noun and not gap.strip() and not parsed.tokens[place - 1].folded.startswith("ال")
        if not plain or little(token.folded) or place in parsed.named:
            continue
        found.add(noun + " " + _bared(token.folded))
        if _NAMING[noun] or not familiar(token.text):
            found.add(_bared(token.folded))
    return frozenset(found)


def _is_name(parsed: Parsed, quoted: re.Match[str]) -> bool:
    """Whether what stands between quotation marks is a name: short, or after a word such as «لجنة»."""
    place, count = parsed.range_of_token(quoted.start(1)), len(quoted[1].split())
    before = parsed.tokens[place - 1].folded if place else ""
    if place == len(parsed.tokens) or little(parsed.tokens[place].folded):
        return False  # «لا تقبل الإصلاح»
    return count < 2 or (count < 5 and any(form in _NAMING or is_title(form) for form in bare_forms(before)))


def _listed(parsed: Parsed, lists: NameLists) -> Iterator[tuple[int, str, bool]]:
    """States and places that the gazetteer does not have, with a key; whether it is a state."""
    for place, token in enumerate(parsed.tokens):
        if place in parsed.named:
            continue
        state = _state(token.folded, lists)
        site = next((form for form in bare_forms(token.folded) if form in lists.places), None)
        if state or site:
            yield place, state or f"site:{site}", bool(state)


def _state(folded: str, lists: NameLists) -> str:
    """The key of the state that a word of the lists names, by itself, its capital or its people."""
    numbers = (lists.state_of(form) for form in bare_forms(folded))
    return next((f"land:{number}" for number in numbers if number is not None), "")


def _full_names(parsed: Parsed, lists: NameLists) -> Iterator[tuple[int, int]]:
    """A given name and a family name, side by side."""
    for place in range(1, len(parsed.tokens)):
        one, two = parsed.tokens[place - 1], parsed.tokens[place]
        named = two.folded in lists.family | lists.given or not familiar(two.text)
        if one.folded in lists.given and named and not _closes(parsed, place) and not little(one.folded):
            yield place - 1, place + 1


def _called(parsed: Parsed, titles: frozenset[int], lists: NameLists) -> Iterator[tuple[int, int]]:
    """Given names with the word after them, where they follow a title, an adjective after it or a verb of saying:
    such names are words of the language too («هيثم», «عماد»).
    """
    for place in range(1, len(parsed.tokens)):
        folded = parsed.tokens[place].folded
        if (folded not in GIVEN and folded not in lists.given) or little(folded) or place in parsed.named:
            continue
        before = parsed.tokens[place - 1]
        follows = place in titles or (place - 1 in titles and before.folded.startswith("ال"))
        if not follows and verb_of(before.folded) is None:
            continue
        end = place + 1
        if end < len(parsed.tokens) and not _closes(parsed, end):
            end += 1
        yield place, end


def _closes(parsed: Parsed, place: int) -> bool:
    """Whether the word at a place can be no part of the name before it."""
    gap = parsed.between(place - 1, place)
    folded = parsed.tokens[place].folded
    return bool(gap.strip()) or little(folded) or verb_of(folded) is not None or folded[0] in "بلو"


def _quoted(parsed: Parsed, names: frozenset[str]) -> Iterator[tuple[int, int, str]]:
    for m in _QUOTED.finditer(parsed.text):
        key = "«" + " ".join(fold(m[1]).split())
        if key in names:
            low, high = parsed.range_of(Span(start=m.start(1), end=m.end(1)))
            yield low, high, key


def _marked(parsed: Parsed, names: frozenset[str]) -> Iterator[tuple[int, int, str]]:
    for place, token in enumerate(parsed.tokens):
        if place in parsed.named:
            continue
        bare = _bared(token.folded)
        noun = parsed.tokens[place - 1].folded if place else ""
        noun = next((form for form in bare_forms(noun) if form in _NAMING), "")
        if (
            (noun and noun + " " + bare in names)
            or bare in names
            or (len(bare) > _SHORT and not familiar(token.text) and not token.folded[0].isdigit())
        ):
            yield place, place + 1, sound(bare)


def _bared(folded: str) -> str:
    for clitic in ("وال", "بال", "لل", "ال"):
        if folded.startswith(clitic) and len(folded) > len(clitic) + 2:
            return folded[len(clitic) :]
    return folded


def _bare(
    parsed: Parsed, low: int, high: int, ids: set[str], states: set[str], *, personal: bool = False
) -> Party:
    before = parsed.tokens[low - 1].folded if low else ""
    place = before in _AT or _NAMING.get(before, False)
    return Party(
        low=low, high=high, ids=frozenset(ids), states=frozenset(states), heads=frozenset(),
        personal=personal and not place and before not in _NAMING, definite=False, place=place,
        text=parsed.text[parsed.tokens[low].start : parsed.tokens[high - 1].end],
    )  # fmt: skip


_SOUNDS = str.maketrans("غقطثذضظص", "جكتتدززس", "اويءهعح")


def sound(folded: str) -> str:
    """A name that no list has, however it is spelt: «جريجوري» and «غريغوري» are one."""
    return "w:" + (_bared(folded).translate(_SOUNDS) or folded)


def _of_actor(parsed: Parsed, actor: Actor, strange: frozenset[int], lists: NameLists) -> Party:
    people = {name.id for name in actor.names if name.kind is Kind.PERSON}
    unlisted = [parsed.tokens[place].folded for place in range(actor.low, actor.high) if place in strange]
    states_here = {_state(folded, lists) for folded in unlisted} - {""}
    own = states_here or {sound(folded) for folded in unlisted}
    lands = bool(actor.lands or states_here)
    named = [name for name in actor.names if name.kind is not Kind.TITLE]
    first = parsed.tokens[actor.low]
    titled = is_title(first.folded)
    kind = named[0].kind if len(named) == 1 and not own and not titled else None
    before = parsed.tokens[actor.low - 1].folded if actor.low else ""
    place = (
        (kind in _TOWNS and before in _AT)
        or (kind is Kind.COUNTRY and before in _IN)
        or (bool(own) and not named and not titled and before in _AT)
    )
    states = {
        state
        for name in named
        if name.kind in _SPEAKING or not name.roles.isdisjoint(_OF_STATE)
        for state in _states(name)
    }
    return Party(
        low=actor.low, high=actor.high, ids=frozenset(people or own or {name.id for name in named}),
        states=frozenset(states) | (frozenset(own) if lands else frozenset()),
        heads=frozenset({head_of(first.folded)}) if titled else frozenset(),
        personal=bool(people or (own and not lands)), definite=actor.definite, place=place, text=actor.text,
    )  # fmt: skip


def _merged(parsed: Parsed, found: list[Party]) -> Iterator[Party]:
    """A title and the unknown name right after it, or after an adjective, are one («السيناتور المستقل فلان»)."""
    held: Party | None = None
    for party in found:
        if held is not None and _named_by(parsed, held, party):
            held = replace(
                held, high=party.high, ids=party.ids, definite=False,
                personal=not any(key.startswith("«") for key in party.ids),
                text=parsed.text[parsed.tokens[held.low].start : parsed.tokens[party.high - 1].end],
            )  # fmt: skip
            continue
        if held is not None:
            yield held
        held = party
    if held is not None:
        yield held


def _named_by(parsed: Parsed, title: Party, name: Party) -> bool:
    if not title.heads or title.personal or name.states or name.heads or not name.ids or name.place:
        return False
    gap = parsed.between(title.high - 1, name.low)
    if any(key.startswith("«") for key in name.ids):
        return gap.strip() == "«"
    if any(not key.startswith("w:") for key in name.ids):
        return False
    between = parsed.tokens[title.high : name.low]
    return (
        not any(mark in gap for mark in "،؛:.«»()")
        and len(between) < 3
        and all(token.folded.startswith("ال") or token is between[-1] for token in between)
        and not any(little(token.folded) or verb_of(token.folded) for token in between)
        and parsed.tokens[name.low].folded[:1] not in "ول"
    )


def head_of(folded: str) -> str:
    """The first word of a title without what is joined before it."""
    for joined in ("وال", "بال", "فال", "لل", "ال"):
        if folded.startswith(joined) and is_title("ال" + folded[len(joined) :]):
            return folded[len(joined) :]
    return folded[1:] if folded[0] in "ولبف" and is_title(folded[1:]) else folded


def _states(name: Name) -> set[str]:
    return {name.side, name.country} - {""}


_HOUSES = frozenset(
    fold(w)
    for w in "مستشفى محكمة جامعة مركز مكتب مؤسسة شركة بنك مصرف بلدية موقع صحيفة قناة وكالة شبكة إذاعة مجلة".split()
)


_MANY = frozenset(
    fold(w)
    for w in "سكان خبراء وسطاء أهالي شهود نشطاء نواب وزراء علماء ضباط أطباء طلاب عمال تجار أعضاء".split()
)


def is_many(party: Party) -> bool:
    """Whether a title is of several («المنظمات»، «المسؤولون»)."""
    return any(head in _MANY or (len(head) > 4 and head.endswith(("ات", "ون", "ين"))) for head in party.heads)


def may_be_person(party: Party) -> bool:
    """Whether a title may be somebody's: it is no house or paper."""
    return party.heads.isdisjoint(_HOUSES) and not is_paper(party)


def alike_heads(one: Iterable[str], other: Iterable[str]) -> bool:
    """Whether two titles begin with one word, or with words for the same kind of people."""
    groups = {_LIKE_HEADS.get(head, head) for head in one}
    return not groups.isdisjoint({_LIKE_HEADS.get(head, head) for head in other})


def is_paper(party: Party) -> bool:
    """A document, whoever wrote it."""
    return not party.ids and bool(party.heads & {head.removeprefix("ال") for head in _PAPERS})
