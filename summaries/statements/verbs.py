"""The words by which Arabic news attributes speech, with what each commits its speaker to.

A verb is given by its past and present stem; the forms are made from them (person, number, gender), folded. What
may stand between verb and words is its *link*: `إن/أن`, a preposition, or nothing.
"""

from dataclasses import dataclass
from functools import lru_cache

from summaries.text import fold
from summaries.types import Strength


@dataclass(frozen=True, slots=True, kw_only=True)
class Verb:
    """One form of a speech verb. `links` are prepositions that may lead to its object; `bare` tells that a noun
    may follow without any; `addressee` that it takes a person before its object (طالب إسرائيل بوقف).
    """

    form: str
    lemma: str
    strength: Strength
    links: frozenset[str] = frozenset()
    bare: bool = False
    addressee: bool = False
    participle: bool = False


_S = Strength
# past, present (without ي), strength, links, flags: b bare object, a addressee before the link
_LEXEMES: tuple[tuple[str, str, Strength, str, str], ...] = (
    ("قال", "قول", _S.SAY, "", ""),
    ("أضاف", "ضيف", _S.SAY, "", ""),
    ("ذكر", "ذكر", _S.SAY, "", ""),
    ("تابع", "تابع", _S.SAY, "", ""),
    ("أكمل", "كمل", _S.SAY, "", ""),
    ("استطرد", "ستطرد", _S.SAY, "", ""),
    ("أردف", "ردف", _S.SAY, "", ""),
    ("أوضح", "وضح", _S.SAY, "", ""),
    ("أضحى", "وضح", _S.SAY, "", ""),
    ("بيّن", "بين", _S.SAY, "", ""),
    ("أشار", "شير", _S.SAY, "إلى", ""),
    ("لفت", "لفت", _S.SAY, "إلى", ""),
    ("نوه", "نوه", _S.SAY, "إلى ب", ""),
    ("صرح", "صرح", _S.SAY, "ب", ""),
    ("أفاد", "فيد", _S.SAY, "ب", ""),
    ("أورد", "ورد", _S.SAY, "", ""),
    ("أجاب", "جيب", _S.SAY, "", ""),
    ("علق", "علق", _S.SAY, "", ""),
    ("كتب", "كتب", _S.SAY, "", ""),
    ("أبلغ", "بلغ", _S.SAY, "ب", "a"),
    ("أخبر", "خبر", _S.SAY, "ب", "a"),
    ("رأى", "رى", _S.SUGGEST, "", ""),
    ("اعتقد", "عتقد", _S.SUGGEST, "", ""),
    ("اعتبر", "عتبر", _S.SUGGEST, "", "b"),
    ("توقع", "توقع", _S.SUGGEST, "", "b"),
    ("رجح", "رجح", _S.SUGGEST, "", ""),
    ("ألمح", "لمح", _S.SUGGEST, "إلى", ""),
    ("أكد", "ؤكد", _S.ASSERT, "على", "b"),
    ("شدد", "شدد", _S.ASSERT, "على", ""),
    ("أصر", "صر", _S.ASSERT, "على", ""),
    ("جزم", "جزم", _S.ASSERT, "ب", ""),
    ("جدد", "جدد", _S.ASSERT, "", ""),
    ("نفى", "نفي", _S.DENY, "", "b"),
    ("أنكر", "نكر", _S.DENY, "", "b"),
    ("زعم", "زعم", _S.CLAIM, "", ""),
    ("ادعى", "دعي", _S.CLAIM, "", ""),
    ("حذر", "حذر", _S.WARN, "من", ""),
    ("هدد", "هدد", _S.WARN, "ب", ""),
    ("توعد", "توعد", _S.WARN, "ب", ""),
    ("طالب", "طالب", _S.DEMAND, "ب", "a"),
    ("طلب", "طلب", _S.DEMAND, "", "b"),
    ("دعا", "دعو", _S.DEMAND, "إلى ل", "a"),
    ("حث", "حث", _S.DEMAND, "على", "a"),
    ("ناشد", "ناشد", _S.DEMAND, "", ""),
    ("اتهم", "تهم", _S.ACCUSE, "", "b"),
    ("انتقد", "نتقد", _S.ACCUSE, "", "b"),
    ("ندد", "ندد", _S.ACCUSE, "ب", ""),
    ("دان", "دين", _S.ACCUSE, "", "b"),
    ("أدان", "دين", _S.ACCUSE, "", "b"),
    ("استنكر", "ستنكر", _S.ACCUSE, "", "b"),
    ("وصف", "صف", _S.ACCUSE, "", "b"),
    ("أعلن", "علن", _S.ANNOUNCE, "عن", "b"),
    ("كشف", "كشف", _S.ANNOUNCE, "عن", ""),
    ("أقر", "قر", _S.ANNOUNCE, "ب", ""),
    ("اعترف", "عترف", _S.ANNOUNCE, "ب", ""),
    ("أعرب", "عرب", _S.SAY, "عن", ""),
    ("عبر", "عبر", _S.SAY, "عن", ""),
    ("أبدى", "بدي", _S.SAY, "", "b"),
)
_PARTICIPLES: dict[str, tuple[str, Strength, str, str]] = {
    "قائل": ("قال", _S.SAY, "", ""),
    "مضيف": ("أضاف", _S.SAY, "", ""),
    "مؤكد": ("أكد", _S.ASSERT, "على", "b"),
    "مشدد": ("شدد", _S.ASSERT, "على", ""),
    "مشير": ("أشار", _S.SAY, "إلى", ""),
    "موضح": ("أوضح", _S.SAY, "", ""),
    "لافت": ("لفت", _S.SAY, "إلى", ""),
    "مبين": ("بيّن", _S.SAY, "", ""),
    "منوه": ("نوه", _S.SAY, "إلى ب", ""),
    "معتبر": ("اعتبر", _S.SUGGEST, "", "b"),
    "محذر": ("حذر", _S.WARN, "من", ""),
    "مهدد": ("هدد", _S.WARN, "ب", ""),
    "مطالب": ("طالب", _S.DEMAND, "ب", "a"),
    "داعي": ("دعا", _S.DEMAND, "إلى", "a"),
    "طالب": ("طلب", _S.DEMAND, "", "b"),
    "متهم": ("اتهم", _S.ACCUSE, "", "b"),
    "منتقد": ("انتقد", _S.ACCUSE, "", "b"),
    "نافي": ("نفى", _S.DENY, "", "b"),
    "معرب": ("أعرب", _S.SAY, "عن", ""),
    "معلن": ("أعلن", _S.ANNOUNCE, "عن", "b"),
    "متابع": ("تابع", _S.SAY, "", ""),
    "زاعم": ("زعم", _S.CLAIM, "", ""),
    "مدعي": ("ادعى", _S.CLAIM, "", ""),
    "متذرع": ("تذرع", _S.CLAIM, "ب", ""),
    "متوعد": ("توعد", _S.WARN, "ب", ""),
    "واصف": ("وصف", _S.ACCUSE, "", "b"),
    "مندد": ("ندد", _S.ACCUSE, "ب", ""),
    "ملمح": ("ألمح", _S.SUGGEST, "إلى", ""),
    "متوقع": ("توقع", _S.SUGGEST, "", "b"),
    "مرجح": ("رجح", _S.SUGGEST, "", ""),
}
# Forms that are usually something else: «بين» between, «رد» answer, «كان» be; used only with a plain complementiser.
NEEDS_COMPLEMENT = frozenset(
    fold(w) for w in ("بين", "بينت", "يبين", "تبين", "كتب", "كتبت", "علق", "عبر", "عبرت", "ذكر", "رأى", "رأت", "يرى", "ترى",
                      "يورد", "ترد", "يرد", "جدد", "تابع", "تابعت", "بلغ", "يبلغ", "تبلغ", "أضحت", "أضحى", "يضيف", "تضيف")
)  # fmt: skip


@lru_cache(maxsize=1)
def forms() -> dict[str, Verb]:
    """Folded form -> verb, for past, present and participles of all persons that news uses."""
    table: dict[str, Verb] = {}
    for past, present, strength, links, flags in _LEXEMES:
        stem = past[:-1] if past[-1] in "ىا" else past
        pasts = {past, stem + "ت", stem + "وا", stem + "تا", past + "ا"}
        presents = {p + present + e for p in ("ي", "ت") for e in ("", "ون", "ان", "وا")}
        for form in pasts | presents:
            _add(table, form, past, strength, links, flags, participle=False)
    for stem, (lemma, strength, links, flags) in _PARTICIPLES.items():
        base = stem[:-1] if stem.endswith("ي") else stem
        for form in {stem + "ا", stem + "ة", base + "ين", base + "ون", stem + "تين", base + "يا"}:
            _add(table, form, lemma, strength, links, flags, participle=True)
    return table


def _add(
    table: dict[str, Verb],
    form: str,
    lemma: str,
    strength: Strength,
    links: str,
    flags: str,
    *,
    participle: bool,
) -> None:
    key = fold(form)
    table.setdefault(
        key,
        Verb(
            form=key, lemma=lemma, strength=strength, links=frozenset(fold(link) for link in links.split()),
            bare="b" in flags, addressee="a" in flags, participle=participle,
        ),
    )  # fmt: skip


def verb_of(folded: str) -> tuple[Verb, int] | None:
    """The verb that a folded word is, and how many of its letters are و or ف before it."""
    table = forms()
    found = table.get(folded)
    if found is not None:
        return found, 0
    if len(folded) > 3 and folded[0] in "وف":
        found = table.get(folded[1:])
        if found is not None:
            return found, 1
    return None


_PRONOUNS = ("", "ه", "ها", "هم", "هما", "هن", "نا", "ني", "ك", "كم", "ي")
COMPLEMENTISERS = frozenset(
    fold(lead + base + pronoun)
    for lead in ("", "ب", "و", "ل")
    for base in ("إن", "أن")
    for pronoun in _PRONOUNS
) | frozenset(fold(w) for w in ("إنني", "أنني", "بأنني", "إننا", "أننا", "بأننا", "كان", "كأن")[:6])  # fmt: skip
