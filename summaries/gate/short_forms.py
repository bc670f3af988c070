"""Definite short forms of names: «القطاع» for Gaza, «الحركة» for Hamas, «المملكة» for Jordan."""

from summaries.gate.words import bare_forms
from summaries.reading import Parsed
from summaries.text import fold

_KINGDOMS = "country:Jordan country:Saudi_Arabia country:Morocco country:Bahrain country:United_Kingdom"
_GULF = "country:Qatar country:Kuwait country:Bahrain country:Oman country:United_Arab_Emirates country:Saudi_Arabia"
_MEANT = {
    fold(short): frozenset(name.replace("_", " ") for name in names.split())
    for short, names in (
        ("القطاع", "place:Gaza"), ("الضفة", "place:West_Bank"), ("المملكة", _KINGDOMS),
        ("الحركة", "group:Hamas group:Fatah group:Islamic_Jihad"), ("الحزب", "group:Hezbollah group:Likud"),
        ("الدولة الخليجية", _GULF), ("السلطنة", "country:Oman"), ("الدولة العبرية", "country:Israel"),
    )
}  # fmt: skip
_ALONE = frozenset(("place:Gaza", "place:West Bank"))  # meant by their short form in this field, named or not
_OF = frozenset(fold(w) for w in "الخاص العام المصرفي الصحي الزراعي الصناعي السياحي التعليمي النفطي".split())


def short_forms(parsed: Parsed, known: frozenset[str]) -> dict[int, tuple[int, str]]:
    """By the place of each short form one past its last word and the id of the only name that it can mean.

    `known`: the ids of the names of the article.
    """
    found: dict[int, tuple[int, str]] = {}
    for place, token in enumerate(parsed.tokens):
        if place in parsed.named:
            continue
        following = parsed.tokens[place + 1].folded if place + 1 < len(parsed.tokens) else ""
        for form in bare_forms(token.folded):
            for words, high in ((f"{form} {following}", place + 2), (form, place + 1)):
                meant = _MEANT.get(words, frozenset())
                named = (meant & known) or (meant & _ALONE)
                if len(named) == 1 and following not in _OF:
                    found.setdefault(place, (high, next(iter(named))))
    return found
