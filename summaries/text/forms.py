"""The forms in which a word of a list may stand in a text, as folded keys.

A list names a verb by its past («رفض») or past and present («دان/يدين»), a noun by its singular. The forms are
generous: they are looked up, never shown, and a form that does not exist is never met.
"""

from summaries.text.folding import fold

_PAST = ("", "ت", "تا", "وا")  # no dual: «رفضا» is a noun far more often
_PRESENT = ("", "ون", "ان", "وا", "ن")
_OBJECTS = ("", "ه", "ها", "هم", "هما")
_NOUN = ("", "ا", "ه", "ها", "هم", "هما", "ات", "ين", "ون", "ان", "اتها", "اته", "اتهم")
_BEFORE = ("", "ال", "ب", "ل", "ك", "بال", "لل", "كال")
_CONJUNCTIONS = ("", "و", "ف")


def verb_forms(entry: str) -> frozenset[str]:
    """The folded forms of the third person, past, present and future, with و ف س and an object."""
    past, _, present = (fold(part.strip()) for part in entry.partition("/"))
    stem = present[1:] if present else past[1:] if past.startswith("ا") else past
    pasts = {past + ending for ending in _PAST} if not past.startswith("ي") or present else {past}
    if past.endswith("ي") and present:  # a weak ending: ألغى، ألغت
        pasts = {past, past[:-1] + "ت", past[:-1] + "وا", past[:-1] + "ا"}
    if past.startswith("ي") and not present:
        stem = past[1:]
    presents = {prefix + stem + ending for prefix in "يت" for ending in _PRESENT}
    found = {word + pronoun for word in pasts | presents for pronoun in _OBJECTS}
    return _joined(found, ("",)) | _joined({word + p for word in presents for p in _OBJECTS}, ("س", "ل"))


def noun_forms(entry: str) -> frozenset[str]:
    """The folded forms of a noun, participle or adjective, with article, prepositions and possessives."""
    word = fold(entry.strip())
    found = {word + ending for ending in _NOUN}
    if word.endswith("ه") and len(word) > 3:
        found = {word, *(word[:-1] + "ت" + ending for ending in ("", "ه", "ها", "هم", "ين", "ان"))}
        found |= {word[:-1] + ending for ending in ("ات", "اتها", "اته", "اتهم")}
    if word.endswith("اء"):  # the hamza takes a seat before an ending: استياؤه، استيائه
        found |= {word[:-1] + seat + ending for seat in "يو" for ending in ("ه", "ها", "هم")}
    return _joined(found, _BEFORE)


def forms_of(verbs: str = "", nouns: str = "", words: str = "") -> frozenset[str]:
    """The folded forms of verbs and nouns, entries parted by blanks, and other words as they are."""
    return (
        frozenset(form for verb in verbs.split() for form in verb_forms(verb))
        | frozenset(form for noun in nouns.split() for form in noun_forms(noun))
        | frozenset(fold(word) for word in words.split())
    )


def forms_with_object(verbs: str) -> frozenset[str]:
    """Of the forms of these verbs, those that end in a pronoun of the third person: «نفته»."""
    return frozenset(
        form
        for forms in map(verb_forms, verbs.split())
        for form in forms
        for pronoun in ("ه", "ها", "هم")
        if form.endswith(pronoun) and form.removesuffix(pronoun) in forms
    )


def phrase_form(entry: str) -> str:
    """A phrase of several words as it is compared: folded words with single blanks."""
    return " ".join(fold(entry).split())


def _joined(words: set[str], before: tuple[str, ...]) -> frozenset[str]:
    return frozenset(
        conjunction + prefix + word for word in words for prefix in before for conjunction in _CONJUNCTIONS
    )
