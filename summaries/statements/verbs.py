"""Looking up speech verbs in all their forms, under their folded spelling."""

from dataclasses import dataclass
from functools import lru_cache

from summaries.statements.lexemes import LEXEMES, MASDARS, PARTICIPLES, Lexeme
from summaries.text import fold
from summaries.types import Strength


@dataclass(frozen=True, slots=True, kw_only=True)
class Verb:
    """One form of a speech verb. `links` are prepositions that may lead to its object; the flags are explained
    in `lexemes`. `feminine` tells the gender of whom the form belongs to, where it shows.
    """

    form: str
    lemma: str
    strength: Strength
    links: frozenset[str] = frozenset()
    bare: bool = False
    addressee: bool = False
    describes: bool = False
    doubtful: bool = False
    goes_on: bool = False
    participle: bool = False
    masdar: bool = False
    feminine: bool | None = None
    object: bool = False  # carries its object as a pronoun: وصفه، أبلغها


_OBJECTS = ("ه", "ها", "هم", "هما")
# Forms that are usually something else, whatever their verb.
_DOUBTFUL = frozenset(
    fold(word)
    for word in (
        "ذكر بلغ بلغت يبلغ تبلغ يضيف تضيف يرد ترد ورد يزيد تزيد يقر تقر تعد يعد يفيد تفيد يقدر تقدر نفي طلب يذكر "
        "تذكر يشير تشير يبين دعي يلفت تلفت يشيد تشيد يثبت تثبت يظهر تظهر يعيد تعيد"
    ).split()
)


_SHORT = frozenset(("حث", "حض", "رد"))  # which take «و» before them
ALSO_PREPOSITIONS = frozenset(("بين", "عبر", "عقب"))


@lru_cache(maxsize=1)
def forms() -> dict[str, Verb]:
    """Folded form -> verb, for past, present, participles and verbal nouns of all persons that news uses."""
    table: dict[str, Verb] = {}
    for stem, (lemma, strength, links, flags) in PARTICIPLES.items():
        base = stem[:-1] if stem.endswith("ي") else stem
        given = (lemma, "", strength, links, flags)
        for ending, feminine in (("ا", False), ("ين", False), ("ون", False), ("ة", True), ("تين", True)):
            _add(
                table,
                (base if ending in {"ين", "ون"} else stem) + ending,
                given,
                feminine=feminine,
                participle=True,
            )
        if base != stem:
            _add(table, base + "يا", given, feminine=False, participle=True)
    for lexeme in LEXEMES:
        for form, gender in (*_pasts(lexeme[0]), *_presents(lexeme[1])):
            _add(table, form, lexeme, feminine=gender)
    for lexeme in LEXEMES:
        if not {"a", "b"}.isdisjoint(lexeme[4]):
            for form, gender in (*_pasts(lexeme[0]), *_presents(lexeme[1])):
                for pronoun in _OBJECTS:
                    _add(table, _before_pronoun(form) + pronoun, lexeme, feminine=gender, object=True)
    for stem, (lemma, strength, links) in MASDARS.items():
        for pronoun in _OBJECTS:
            given = (lemma, "", strength, links, "c")
            for form in (stem + pronoun, "ب" + stem + pronoun):
                _add(table, form, given, feminine=pronoun == "ها", masdar=True)
    return table


def _pasts(past: str) -> list[tuple[str, bool | None]]:
    stem = past[:-1] if past[-1] in "ىا" else past
    found: list[tuple[str, bool | None]] = [(past, False), (stem + "ت", True), (stem + "وا", None)]
    if len(past) > 3 or past == "قال":  # «طلبا» is a noun
        found += [(past + "ا", False), (stem + "تا", True)]
    return found


def _presents(stem: str) -> list[tuple[str, bool | None]]:
    endings = [
        (stem, ""),
        (stem.removesuffix("ي") if stem != "ي" else stem, "ون"),
        (stem, "ان"),
        (stem, "وا"),
    ]
    return [(person + base + end, person == "ت") for person in "يت" for base, end in endings]


def _before_pronoun(form: str) -> str:
    return form[:-1] if form.endswith("وا") else form[:-1] + "ا" if form.endswith("ى") else form


def _add(
    table: dict[str, Verb],
    form: str,
    lexeme: Lexeme,
    *,
    feminine: bool | None,
    participle: bool = False,
    masdar: bool = False,
    object: bool = False,
) -> None:
    lemma, _, strength, links, flags = lexeme
    key = fold(form)
    table.setdefault(
        key,
        Verb(
            form=key, lemma=lemma, strength=strength, links=frozenset(fold(link) for link in links.split()),
            bare="b" in flags and key not in ALSO_PREPOSITIONS, addressee="a" in flags, describes="o" in flags, goes_on="g" in flags,
            doubtful="c" in flags or key in _DOUBTFUL, participle=participle, masdar=masdar, feminine=feminine,
            object=object,
        ),
    )  # fmt: skip


@lru_cache(maxsize=1)
def _with_conjunctions() -> dict[str, tuple[Verb, int]]:
    table = {form: (verb, 0) for form, verb in forms().items()}
    for form, verb in forms().items():
        if len(form) > 2 or form in _SHORT:
            for conjunction in "وف":
                table.setdefault(conjunction + form, (verb, 1))
    return table


def verb_of(folded: str) -> tuple[Verb, int] | None:
    """The verb that a folded word is, and how many of its letters are و or ف before it."""
    return _with_conjunctions().get(folded)


_PRONOUNS = ("", "ه", "ها", "هم", "هما", "هن", "نا", "ني", "ك", "كم", "ي", "نني", "ننا")
COMPLEMENTISERS = frozenset(
    fold(lead + base + pronoun)
    for lead in ("", "ب", "و", "ل")
    for base in ("إن", "أن")
    for pronoun in _PRONOUNS
)
"""«إن» and «أن» with prepositions before and pronouns after them, folded."""
