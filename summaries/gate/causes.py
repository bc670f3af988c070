"""Causes: what a sentence gives as the cause of something must be in what is cited, and be tied to it."""

import re
from collections.abc import Iterator

from summaries.gate.actors import places_of
from summaries.gate.bonds import Unit, units, weights
from summaries.gate.finding import Evidence, Finding
from summaries.gate.pair import Pair, clause_of
from summaries.gate.words import bare_forms, root_of
from summaries.reading import Parsed
from summaries.text import fold, forms_of, known_word
from summaries.types import Reason, Span

_PRONOUNS = "(?:هما|هم|ها|ه|ني|نا)?"
_MARKERS = re.compile(
    r"(?<!\w)(?:و|ف)?(?:"
    + "|".join(
        fold(phrase).replace(" ", r"\s+")
        for phrase in (
            "بسبب", "نتيجة", "جراء", "من جراء", "بفعل", "ردا على", "احتجاجا على", "استجابة ل",
            "بفضل", "نظرا ل", "انتقاما ل",
            "للاحتجاج على", "انتقاما من", "تعويضا عن", "ثأرا ل", "بدعوى",
            "خوفا من", "خشية", "تحت ضغط", "تحت وطأة", "بدافع", "مدفوعا ب", "مدفوعة ب",
            "على خلفية", "ناجم عن", "ناتج عن", "ناجمة عن", "ناتجة عن",
            "تلبية ل", "رضوخا ل", "تجنبا ل", "تضامنا مع", "طمعا في", "عقابا على",
            "عقابا ل", "بداعي", "لدواعي", "مما دفع", "بذريعة", "بحجة", "سببه", "سببها",
            "كي لا", "لكي", "من أجل", "سعيا", "أملا في", "حرصا على", "إرضاء ل",
        )
    )
    + rf"|لان{_PRONOUNS}|بما ان{_PRONOUNS}|اذ ان{_PRONOUNS}|لكون{_PRONOUNS})(?:(?<= [لب])|(?=\s))"
)  # fmt: skip
_TIES = (
    "بسبب|نتيجه|جراء|بفعل|ردا علي|احتجاجا علي|لان|نظرا|لذلك|لذا|اذ|كي|لكي|بعد|عقب|اثر|بعدما|مما|ما|خشيه|خوفا|املا|سعيا|"
    "في ظل|بدعوي|بذريعه|بحجه|كون|لكون|بما|استجابه|تلبيه|حتي|من اجل|بهدف|سبب|سببه|يعود|تعود|ناجم|يضر|علي خلفيه|تحت|لل|"
    r"برر\w*|يبرر|تبرر|م?علل\w*|م?برر\w*|م?فسر\w*|عزت|فسر\w*|ارجع\w*|معتبر\w*|قايل[اه]|موضح[اه]|موكد[اه]|مشير[اه]|مبرر[اه]|اضطر|دفع|ادي|فدفع|عزا|ارجع|تعذر|ضد"
)
_TAKES_UP = re.compile(
    r"^\W*(?:\w+\s+){0,2}?[وف]?(?:ردت?\b|لذلك|لذا|لهذا|بذلك|وذلك|بسبب ذلك|نتيجه|علي اثر|اثر ذلك|ردا|جاء|ياتي|"
    r"ويعود|السبب|عزا|عزت|برر|بررت|ارجع|علل|"
    r"اوضح|فسر|ف(?!ي\b|يما|قد|لسطين|رنس)\w+)"
)
_CAUSING = forms_of(
    "أدى/يؤدي تسبب/يتسبب حال/يحول دفع/يدفع أجبر/يجبر أرغم/يرغم حمل/يحمل اضطر/يضطر أفضى/يفضي أسفر/يسفر نجم/ينجم "
    "نتج/ينتج "
    "أنتج/ينتج عطل/يعطل أخر/يؤخر منع/يمنع أثار/يثير ساهم/يساهم أسهم/يسهم خلف/يخلف ألحق/يلحق أعاق/يعيق عرقل/يعرقل "
    "قاد/يقود "
    "جر/يجر أجج/يؤجج حدا/يحدو"
)
_REPLY = re.compile(r"[وف]?ردا\b")
_REPLIES = forms_of("رد/يرد أجاب/يجيب عقب/يعقب")
_SHARED = 0.6  # of a side's words that are in the other side's sentence too
_TIED = re.compile(rf"(?<!\w)[وف]?(?:{_TIES}|ف\w+)")
_END = re.compile(r"[،؛.:]|(?<!\w)(?:حسب|بحسب|وفق|وفقا|كما|فيما|بينما|علي ما|علي حد)(?!\w)")
_NEEDED = 0.5  # of the words of a cause that must be cited
_WHOLE = 2  # words below which a cause is too short to judge by share


def check(pair: Pair) -> Iterator[Finding]:
    """`gate.cause` for each cause whose words are not cited, that stands in another cited sentence than what it
    leads to, or where nothing there ties one to anything.
    """
    for marker, span in causes(pair.claim):
        low, high = pair.claim.range_of(span)
        carried, there = _carried(pair, low, high)
        if not there:
            continue
        uncited = carried < _NEEDED * there or (there <= _WHOLE and carried < there)
        if uncited and _REPLY.match(fold(marker)) and _replies(pair):
            uncited = not carried and there > _WHOLE
        if uncited or not (_blames(pair, low) or _tied(pair, low, high)):
            reason = Reason(code="gate.cause", values={"cause": pair.claim.of(span), "marker": marker})
            yield Finding(reason=reason, place=max(low - 1, 0), evidence=Evidence.MISSING)


def _blames(pair: Pair, low: int) -> bool:
    """Whether it is for the cause that somebody is blamed, thanked or praised: then it is only what is said of them."""
    first, _ = clause_of(pair.claim, max(low - 1, 0), 0, low)
    return any(token.folded in _JUDGING for token in pair.claim.tokens[first:low])


_JUDGING = forms_of(
    "انتقد/ينتقد لام/يلوم وبخ/يوبخ هاجم/يهاجم ندد/يندد اتهم/يتهم شكر/يشكر أشاد/يشيد امتدح/يمتدح أثنى/يثني هنأ/يهنئ"
)


def _carried(pair: Pair, low: int, high: int) -> tuple[int, int]:
    """Of the words of a cause: how many are cited, in a form of the same root too («نقصه» for «ناقص»)."""
    roots = pair.cited_roots
    inside = [t for t in pair.terms if low <= t.place < high]
    telling = [t for t in inside if not _REASONS.intersection(bare_forms(t.token.folded))] or inside
    carried = sum(bool(pair.aligned[t.place]) or root_of(t.token.folded) in roots for t in telling)
    return carried, len(telling)


_REASONS = frozenset(fold(w) for w in "أسباب اعتبارات دواع دواعي مبررات".split())  # «لأسباب أمنية»


def _replies(pair: Pair) -> bool:
    """Whether somebody replies in what is cited: «ورد المندوب بالقول»."""
    return any(term.token.folded.lstrip("وف") in _REPLIES for term in pair.cited_terms)


def causes(parsed: Parsed) -> list[tuple[str, Span]]:
    """The words of cause and what they lead to, in order."""
    folded = _folded_same_length(parsed.text)
    found = []
    for m in _MARKERS.finditer(folded):
        end = _END.search(folded, m.end())
        found.append(
            (parsed.text[m.start() : m.end()], Span(start=m.end(), end=end.start() if end else len(folded)))
        )
    return found + [
        (parsed.tokens[verb].text, Span(start=parsed.tokens[first].start, end=parsed.tokens[last - 1].end))
        for verb, first, last in _explained(parsed)
    ]


_EXPLAINING_BY = forms_of("عزا/يعزو أرجع/يرجع أعاد/يعيد", "", "عازيا عازية مرجعا مرجعة معيدا معيدة")
_EXPLAINING_WITH = forms_of("علل/يعلل فسر/يفسر برر/يبرر سوغ/يسوغ", "", "معللا معللة مفسرا مفسرة مبررا مبررة")
_EXPLAINED = 14  # words from such a verb to what it gives as the cause
_NOT_WITH = ("بين", "بعد", "بعض", "بلا", "بدون", "بان", "بل")


def _explained(parsed: Parsed) -> Iterator[tuple[int, int, int]]:
    """The cause after a verb of explaining: «عزا … إلى كذا», «برر … بكذا»."""
    for verb, token in enumerate(parsed.tokens):
        to, with_it = token.folded in _EXPLAINING_BY, token.folded in _EXPLAINING_WITH
        if not to and not with_it:
            continue
        _, end = clause_of(parsed, verb, verb, len(parsed.tokens))
        for place in range(verb + 1, min(end - 1, verb + _EXPLAINED)):
            folded = parsed.tokens[place].folded
            if (to and folded == "الي") or (with_it and _joined_by(parsed, place)):
                yield verb, place + to, end
                break


def _joined_by(parsed: Parsed, place: int) -> bool:
    """Whether a word has «ب» joined before it."""
    token = parsed.tokens[place]
    joined = token.folded.startswith("بال") or (token.folded[0] == "ب" and known_word(token.text[1:]))
    return joined and not token.folded.startswith(_NOT_WITH) and place not in parsed.named


def _tied(pair: Pair, low: int, high: int) -> bool:
    """Whether the cited sentence of the cause is that of its effect and ties it to something, or one of the two
    begins by taking up the other.
    """
    cited = units(pair)
    inside = places_of(pair.actors)
    cause = [term for term in pair.terms if low <= term.place < high]
    first, last = clause_of(pair.claim, max(low - 1, 0), 0, len(pair.claim.tokens))
    outside = [term for term in pair.terms if not low - 2 <= term.place < high and term.place not in inside]
    effect = [term for term in outside if first <= term.place < last]
    effect = effect if len(effect) > 1 else outside
    if not cited:
        return True
    of_cause = weights(pair, [(term, 1.0) for term in cause], cited)
    of_effect = weights(pair, [(term, 1.0) for term in effect], cited)
    one = max(range(len(cited)), key=lambda n: of_cause[n])
    other = max(range(len(cited)), key=lambda n: of_effect[n])
    if (
        one == other
        or of_effect[one] >= _SHARED * of_effect[other]
        or of_cause[other] >= _SHARED * of_cause[one]
    ):
        for_it = any(o.token.text.startswith("ل") for term in cause for o in pair.aligned[term.place])
        inside_it = pair.source.parsed.tokens[cited[one].low : cited[one].high]
        causing = any(token.folded in _CAUSING for token in inside_it)
        return for_it or causing or bool(_TIED.search(_text(pair, cited[one])))  # «لغياب المحامي»
    return any(_TAKES_UP.search(_text(pair, cited[n])) for n in (one, other))


def _text(pair: Pair, unit: Unit) -> str:
    source = pair.source.parsed
    return _folded_same_length(source.text[source.tokens[unit.low].start : source.tokens[unit.high - 1].end])


def _folded_same_length(text: str) -> str:
    """The text folded letter by letter, a blank where a letter has no fold, so that offsets hold."""
    return "".join(fold(letter)[:1] or " " for letter in text) if fold(text) != text else text
