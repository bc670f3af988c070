"""Whether two mentions are of one and the same: by name, by title, by the state or body they speak for."""

from collections.abc import Mapping

from summaries.gate.actors import Actor
from summaries.gate.transliteration import sound_keys
from summaries.gate.words import keys
from summaries.names import Kind, Name
from summaries.text import fold

_COLLECTIVE = frozenset(
    {Kind.COUNTRY, Kind.CITY, Kind.GOVERNMENT, Kind.DEMONYM, Kind.OFFICE, Kind.MINISTRY, Kind.ARMY, Kind.PARLIAMENT}
)  # fmt: skip
_PERSONAL = frozenset(
    key
    for word in (
        "رئيس رئيسة وزير وزيرة نائب نائبة سفير سفيرة متحدث متحدثة ناطق ناطقة مبعوث مندوب مندوبة مسؤول مسؤولون مسؤولين "
        "مصدر مصادر خبير خبراء قائد قيادي مدير مديرة أمين مستشار عضو أعضاء نواب سيناتور ضابط جنرال دبلوماسي"
    ).split()
    for key in keys(word)
)
_PAPERS = frozenset(
    k for w in ("بيان", "البيان", "تقرير", "التقرير", "تصريح", "استطلاع", "دراسة", "وثيقة") for k in keys(w)
)
_NO_PERSON = frozenset(
    k
    for w in "موقع صحيفة قناة وكالة شبكة إذاعة مجلة مؤسسة حركة منظمة جمعية شركة محكمة عائلات سكان منظمات أهالي".split()
    for k in keys(w)
)


def same(one: Actor, other: Actor, titles: Mapping[str, frozenset[str]]) -> bool | None:
    """Whether two mentions are the same: True, False, or None where it cannot be told."""
    found = _compared(one, other, titles)
    if found is False and any(_speaks_for(*two) or _of_class(*two) for two in ((one, other), (other, one))):
        return None
    return found


def _compared(one: Actor, other: Actor, titles: Mapping[str, frozenset[str]]) -> bool | None:
    if not one.ids.isdisjoint(other.ids):
        return True
    if _short_of(one, other) or _short_of(other, one):
        return True
    if _paper(one) or _paper(other):
        return None
    if one.people and other.people:
        return False
    if (one.lands and other.sides) or (other.lands and one.sides):
        return False
    if one.strangers and other.strangers:
        return not one.strangers.isdisjoint(other.strangers)
    if _by_name(one, other) or _by_name(other, one):
        return True
    if one.people or other.people:
        return _person_and_title(*((one, other) if one.people else (other, one)), titles)
    if one.sides and other.sides:
        if one.sides.isdisjoint(other.sides):
            return False
        return True if _collective(one) and _collective(other) else None
    if _bare_body(one, other) or _bare_body(other, one):
        return False
    if one.definite or other.definite:
        return True if not one.words.isdisjoint(other.words) else None
    return not one.words.isdisjoint(other.words)


def _short_of(one: Actor, other: Actor) -> bool:
    """Whether one word is all that is said of an outlet whose name ends in it: «العربية» for «تلفزيون العربية»."""
    outlet = any(name.kind in (Kind.OUTLET, Kind.AGENCY) for name in other.names)
    return outlet and " " not in one.text and fold(other.text).split()[-1].strip('«»"') == fold(one.text)


def _by_name(one: Actor, other: Actor) -> bool:
    """Whether a name that no list has is a part of a person's: «مورفي» for «كريس مورفي»."""
    return bool(one.strangers) and any(
        not one.strangers.isdisjoint(keys(word) | sound_keys(word))
        for name in other.names
        if name.kind is Kind.PERSON
        for word in name.arabic.split()
    )


def _speaks_for(one: Actor, body: Actor) -> bool:
    """Whether one has a post in a body or state, or is its office: «منسق الأمم المتحدة فلان»."""
    if not one.serves or body.people or body.strangers or any(n.kind is Kind.OFFICE for n in body.names):
        return False
    if body.head and not body.head.isdisjoint(_PERSONAL):
        return False
    marks = {f"body:={word}" for word in body.words}
    return not one.serves.isdisjoint(body.ids | body.sides | marks)


def _of_class(one: Actor, other: Actor) -> bool:
    """Whether one is but a sort of outlet of a people, «صحيفة عبرية», and the other may be one of its sort."""
    general = bool(one.names) and all(_is_sort(name) for name in one.names)
    apart = bool(one.sides and other.sides) and one.sides.isdisjoint(other.sides)
    return general and not apart and not one.head.isdisjoint(other.head)


def _is_sort(name: Name) -> bool:
    return name.kind is Kind.OUTLET and name.canonical.endswith(" media")


def _paper(actor: Actor) -> bool:
    """A document without its author: anybody's."""
    return not actor.names and not actor.words.isdisjoint(_PAPERS)


def _bare_body(one: Actor, other: Actor) -> bool:
    """Whether one is a website, newspaper and the like without its name, and the other a state or its officials."""
    return (
        not one.names
        and not one.words.isdisjoint(_NO_PERSON)
        and one.words.isdisjoint(other.words)
        and _collective(other)
    )


def _collective(actor: Actor) -> bool:
    return any(name.kind in _COLLECTIVE for name in actor.names)


def _person_and_title(person: Actor, other: Actor, titles: Mapping[str, frozenset[str]]) -> bool | None:
    if person.sides and other.sides and person.sides.isdisjoint(other.sides):
        return False
    known = person.words.union(*(titles.get(i, frozenset()) for i in person.people))
    if other.words and not other.words.isdisjoint(known):
        return True
    if not other.names and not other.words.isdisjoint(_NO_PERSON):
        return None if any(" " not in name.canonical for name in person.names) else False
    if other.definite or not other.words:
        return None
    return None if other.sides else False
