"""Signs: whether a text affirms or denies a word, with all that governs it.

«لم يمانع تخفيفه» affirms what «رفض أن يخفف» denies: a negation before a word of refusal undoes it.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from summaries.gate import polarity
from summaries.gate.actors import places_of
from summaries.gate.pair import Pair, Term, clause_of
from summaries.gate.words import little
from summaries.reading import Parsed
from summaries.statements.verbs import COMPLEMENTISERS
from summaries.text import fold, forms_of, forms_with_object

_VERBS = (
    "رفض/يرفض نفى/ينفي عارض/يعارض امتنع/يمتنع فشل/يفشل أخفق/يخفق استبعد/يستبعد منع/يمنع حظر/يحظر ألغى/يلغي عجز/يعجز "
    "تخلى/يتخلى أنكر/ينكر تجنب/يتجنب أوقف/يوقف علق/يعلق جمد/يجمد اعترض/يعترض كف/يكف خلا/يخلو أحجم/يحجم "
    "تعذر/يتعذر استحال/يستحيل أبى/يأبى افتقر/يفتقر عرقل/يعرقل أحبط/يحبط أجهض/يجهض ثنى/يثني مانع/يمانع عطل/يعطل "
    "كذب/يكذب دحض/يدحض أغفل/يغفل تجاهل/يتجاهل حرم/يحرم أغلق/يغلق أوصد/يوصد أقفل/يقفل نقض/ينقض تغيب/يتغيب قاطع/يقاطع "
    "نأى/ينأى أمسك/يمسك تفادى/يتفادى ابتعد/يبتعد"
)
_NOUNS = (
    "رفض نفي امتناع فشل إخفاق استبعاد منع حظر إلغاء عجز تخل إنكار تجنب إيقاف تعليق تجميد اعتراض خلو إحجام "
    "تعذر استحالة عرقلة إحباط إجهاض ممانعة تعطيل تكذيب إغفال تجاهل حرمان إغلاق غياب تغيب مقاطعة انعدام خال خالية خاليا "
    "رافض رافضة رافضا "
    "نأي ابتعاد تفاد معارضو معارضي معارضوه معارضيه عاجز عاجزة عاجزون عاجزين ممنوع ممنوعين محظور مانع مانعا"
)
_NOT_TURNING = frozenset(
    fold(w) for w in "القاطع قاطعا قاطعة علق تعلق معلقا علي كف كفى نافية وقاطعا قاطعه".split()
)
_CUT = frozenset(  # what «لم» leaves of a verb that ends weakly: «لم ينف»
    person + fold(verb)[:-1].partition("/")[2][1:]
    for verb in _VERBS.split()
    if fold(verb)[-1] in "يو"
    for person in "يت"
)
_TURNING = (forms_of(_VERBS, _NOUNS) | _CUT) - _NOT_TURNING
_CEASING = frozenset(("يكف", "تكف", "ويكف", "وتكف"))
DENYING = forms_of("نفى/ينفي أنكر/ينكر كذب/يكذب دحض/يدحض")
_WITH_OBJECT = forms_with_object(_VERBS) - forms_of(nouns=_NOUNS)
# What says no in a way of its own, so that no word of the sentence need be denied.
_OTHERWISE = frozenset(
    fold(w)
    for w in (
        "بدل بدلا صمت الصمت حياد الحياد ضد ضده ضدها خلافا يتجاوز تتجاوز تجاوز سقط سقوط ضعيف نقص أقل فحسب فقط سوى إلا "
        "يشترط تشترط اشترط شرط ربط ربطت يربط تربط رهن رهنت مرهون مرهونة مشروط مشروطة مهددة مهدد هدد لوح بل وإنما إنما"
    ).split()
) | forms_of(
    "سحب/يسحب شطب/يشطب أبطل/يبطل فسخ/يفسخ أنهى/ينهي حذف/يحذف أزال/يزيل أقال/يقيل طرد/يطرد تراجع/يتراجع صد/يصد "
    "قطع/يقطع فض/يفض أرجأ/يرجئ أجل/يؤجل قيد/يقيد حد/يحد حجب/يحجب",
    "سحب شطب إبطال فسخ إنهاء حذف إزالة إقالة طرد تراجع صد قطع فض إرجاء تأجيل تقييد حجب",
)
_STOPS = frozenset(
    fold(w)
    for w in "لكن لكنه لكنها بينما فيما حين لأن بسبب رغم وإن بعدما بعد قبل وفق بحسب إذ حيث إذا حتى كما ما".split()
)
_LIGHT = frozenset(
    fold(w) for w in "وجود حصول حدوث يجري جرى إجراء يتم قيام كون إمكان إمكانية يوجد توجد".split()
)
_UNDONE = 2  # words after «لا», names aside, within which a refusal undoes it: «لا ترى مانعا»
_SAYING = 10  # words after «لا» within which it may be a saying that is denied
_REACH = 3  # words that say something, the denied one among them


@dataclass(frozen=True, slots=True, kw_only=True)
class Denial:
    """What a word or two deny or, where one undoes the other, affirm. `refuses`: by a verb or noun, not «لا»."""

    denies: bool
    refuses: bool
    governed: tuple[int, ...]
    at: int


def denials(parsed: Parsed, low: int, high: int, skipped: frozenset[int]) -> Iterator[Denial]:
    """What is denied or refused between two places; `skipped` are the places of names."""
    place = low
    while place < high:
        sharp, turning = polarity.is_sharp(parsed, place), refuses(parsed, place)
        if not sharp and not turning:
            place += 1
            continue
        undone = sharp or parsed.tokens[place].folded in DENYING
        last = _undone_by(parsed, place, high, skipped) if undone else place
        excepts = sharp and last == place and only(parsed, place, high)
        whole = parsed.tokens[last].folded in _WITH_OBJECT  # «نفته المتحدثة»: who denies follows, not what
        governed = () if whole else tuple(_governed(parsed, last + 1, high, skipped))
        if governed:
            yield Denial(denies=last == place and not excepts, refuses=turning, governed=governed, at=place)
        place = last + 1


_THERE = frozenset(fold(w) for w in "هناك ثمة ما من أي".split())  # «ليس هناك ما يمنع»
_EXCEPTED = 60  # words from a negation to its exception
_BUT = frozenset(fold(w) for w in "إلا سوى".split())


def only(parsed: Parsed, place: int, high: int) -> bool:
    """Whether a negation says that only this is so: «لم يصل إلا مساء الأحد» says that he came."""
    for other in range(place + 1, min(high, place + _EXCEPTED)):
        if any(mark in parsed.between(other - 1, other) for mark in "،؛.:"):
            return False
        if parsed.tokens[other].folded in _BUT:
            return parsed.tokens[other + 1].folded not in ("اذا", "بعد", "اذ") if other + 1 < high else True
    return False


def _undone_by(parsed: Parsed, place: int, high: int, skipped: frozenset[int]) -> int:
    """The place of the word that undoes a denial, «لم يمانع», «لم يقل إنه ليس», or of the denial itself."""
    near = [
        p
        for p in range(place + 1, min(high, place + _SAYING))
        if p not in skipped and parsed.tokens[p].folded not in _THERE
    ]
    for number, other in enumerate(near):
        if _parted(parsed, place, other):
            break
        between = {parsed.tokens[p].folded for p in near[:number]}
        says = any(word[0] != "و" for word in between & COMPLEMENTISERS)
        turns = refuses(parsed, other)
        if (turns and (number < _UNDONE or says)) or (polarity.is_sharp(parsed, other) and says):
            return other
    return place


def says_no(parsed: Parsed, low: int, high: int) -> bool:
    """Whether anything between two places denies, refuses, stops, lacks or is silent."""
    return polarity.mild(parsed, low, high) or any(
        refuses(parsed, place) or parsed.tokens[place].folded.lstrip("و") in _OTHERWISE
        for place in range(low, high)
    )


def _parted(parsed: Parsed, first: int, last: int) -> bool:
    return any(mark in parsed.between(first, last) for mark in "،؛.:«")


def refuses(parsed: Parsed, place: int) -> bool:
    """Whether a word refuses, prevents, stops or lacks; «تكف» does where «عن» follows, else it may be of «كفى»."""
    folded = parsed.tokens[place].folded
    if folded in _CEASING:
        return any(token.folded == "عن" for token in parsed.tokens[place + 1 : place + 4])
    return folded in _TURNING


def _governed(parsed: Parsed, low: int, high: int, skipped: frozenset[int]) -> Iterator[int]:
    found = 0
    for place in range(low, high):
        token = parsed.tokens[place]
        gap = parsed.between(place - 1, place)
        if any(mark in gap for mark in "،؛.:«") or token.folded in _STOPS:
            return
        if polarity.is_sharp(parsed, place) or token.folded in _OTHERWISE:
            return
        if place in skipped or little(token.folded) or token.folded in _LIGHT or token.folded[0].isdigit():
            continue
        yield place
        found += 1
        if found == _REACH:
            return


@dataclass(frozen=True, slots=True, kw_only=True)
class Signs:
    """By the place of a word that something governs, in the sentence and in what is cited: whether it is denied."""

    here: Mapping[int, bool]
    there: Mapping[int, bool]
    own: tuple[Denial, ...]
    cited: tuple[Denial, ...]


@lru_cache(maxsize=1)
def signs_of(pair: Pair) -> Signs:
    """What is denied on both sides."""
    source, claim = pair.source.parsed, pair.claim
    mine = tuple(denials(claim, 0, len(claim.tokens), places_of(pair.actors)))
    named = pair.source.named
    theirs = tuple(denial for low, high in pair.ranges for denial in denials(source, low, high, named))
    return Signs(
        here={place: denial.denies for denial in mine for place in denial.governed},
        there={place: denial.denies for denial in theirs for place in denial.governed},
        own=mine,
        cited=theirs,
    )


def turned(pair: Pair) -> Iterator[int]:
    """The places of the sentence's words that the source denies and the sentence affirms, or the other way."""
    found = signs_of(pair)
    here, there = found.here, found.there
    silent = not says_no(pair.claim, 0, len(pair.claim.tokens))
    plain = {t.place for t in pair.terms if any(not there.get(o.place) for o in pair.cited_forms(t))}
    for denial in found.cited:
        met = sorted({t.place for place in denial.governed for t in pair.rendered.get(place, ())})
        head = denial.governed[0] in pair.rendered
        if not head and not (denial.refuses and len(met) > 1):
            continue
        if denial.denies:
            if not plain.isdisjoint(met):
                continue  # the source says it plainly too
            wrong = (silent and not _said_again(pair, denial)) or all(here.get(t) is False for t in met)
        else:
            signs = {here.get(place) for place in met}
            wrong = True in signs and False not in signs
        if wrong:
            yield met[0]
    for denial in found.own:
        if not denial.denies:
            heads = (term for term in pair.terms if term.place == denial.governed[0])
            yield from (t.place for t in heads if {there.get(o.place) for o in pair.cited_forms(t)} == {True})


_OBJECT = 4  # words from a denied word to what it is said of


def plainly(pair: Pair) -> Iterator[int]:
    """The places of words that the source denies of something and the sentence tells of the same thing: «لم تقر
    بمخالفة», «أقرت بمخالفة», whatever else the two deny.
    """
    claim = pair.claim
    for denial in signs_of(pair).cited:
        if not denial.denies or denial.refuses or len(denial.governed) < 2:
            continue
        head, objects = denial.governed[0], denial.governed[1:]
        for term in pair.liked.get(head, ()):
            after = range(term.place + 1, term.place + _OBJECT + 1)
            clause = clause_of(claim, term.place, 0, len(claim.tokens))
            told = any(t.place in after for place in objects for t in pair.rendered.get(place, ()))
            if told and not says_no(claim, *clause) and not _told_of_another(pair, term, after, head):
                yield term.place


def _told_of_another(pair: Pair, term: Term, after: range, head: int) -> bool:
    """Whether another cited word than the one at `head` is like the claim's and has what follows that after it."""
    return any(
        t.place in after
        for other in pair.aligned[term.place]
        if other.place != head
        for place in range(other.place + 1, other.place + _OBJECT + 2)
        for t in pair.rendered.get(place, ())
    )


def _said_again(pair: Pair, denial: Denial) -> bool:
    """Whether the sentence has a form of the word that refuses."""
    own = pair.words.meaning(pair.source.parsed.tokens[denial.at].text)
    return denial.refuses and any(not own.keys.isdisjoint(term.meaning.keys) for term in pair.terms)
