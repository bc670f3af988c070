"""Who speaks: the noun phrase after or before the verb, or whoever spoke before."""

import re
from dataclasses import dataclass

from summaries.names import Kind, Name
from summaries.reading import Parsed
from summaries.statements.verbs import COMPLEMENTISERS, verb_of
from summaries.text import fold
from summaries.types import Span

LONGEST = 13  # words of a speaker
_STOPS = frozenset(
    fold(w)
    for w in (
        "خلال عقب بعد قبل أمس اليوم مساء صباح يوم الأحد الاثنين الإثنين الثلاثاء الأربعاء الخميس الجمعة السبت الذي التي الذين "
        "اللذين اللذان أيضا تعليقا ردا حول بشأن عبر أثناء قائلا قائلة قائلين لدى وصوله وصولها إنه بأنه بعدما عندما حين ان أن إن "
        "مؤخرا اخيرا سابقا لاحقا كذلك ايضا بأن قد لقد هذا وذلك حيث كما منذ ضمن إثر اثر مضيفا مؤكدا نقلا بحسب وفق وفقا بوضوح "
        "صراحة علنا بدوره بدورها فيما بينما انها انه قائلاً مرارا فورا رسميا مجددا هناك"
    ).split()
)
_PREPOSITIONS = frozenset(
    fold(w)
    for w in (
        "في",
        "على",
        "عن",
        "إلى",
        "من",
        "مع",
        "ب",
        "فى",
        "الى",
        "فيه",
        "عليه",
        "منه",
        "عليها",
        "فيها",
        "به",
        "بها",
        "له",
        "لها",
    )
)
_WITHIN_TITLE = frozenset(fold(w) for w in ("في", "فى", "من", "لدى", "إلى", "الى", "على"))
_COUNTING = frozenset(
    fold(w) for w in ("عدد", "كل", "أي", "مجموعة", "كثير", "عديد", "العديد", "الكثير", "اثنان", "واحد")
)
_LISTENERS = re.compile(
    r"^(?:ل|لل)(?:صح|وكال|قنا|موقع|شبك|اذاع|راديو|مجل|برنامج|تلفزيون|نواب|وسايل|مراسل|جريد|هيي|دبلوماس|بي|رويترز|اعلام|جمهور|حشد)"
)
_TITLES = frozenset(
    fold(w)
    for w in (
        "الرئيس رئيس وزير وزيرة الوزير الوزيرة نائب السفير سفير السفيرة المتحدث متحدث المتحدثة متحدثة الناطق ناطق الناطقة المبعوث مبعوث المسؤول "
        "المسؤولون المسؤولين مسؤول مسؤولون مسؤولين مسؤولان المسئول مسئول مسئولان مسئولون المسئولين مصدر مصادر المصدر المصادر البيان بيان "
        "الصحيفة صحيفة الموقع موقع القناة قناة الوكالة وكالة الإذاعة إذاعة التقرير تقرير تقارير الكاتب كاتب المحلل محلل الخبير خبير الجنرال اللواء العميد "
        "السناتور السيناتور النائب عضو زعيم الأمين أمين المدير مدير مستشار المستشار مستشارة قائد القائد المنظمة منظمة الحركة حركة الوزارة وزارة "
        "الحكومة حكومة الإدارة إدارة الجيش جيش المكتب مكتب الديوان ديوان أحد إحدى بعض المذكرة مذكرة الدبلوماسي دبلوماسي دبلوماسيون الباحث باحث "
        "المراسل مراسل مراسلنا مراسلة المعلق الخطة الرسالة الملك الأمير الشيخ وسائل الصحف صحف الشرطة المحكمة النيابة الاتحاد الجانب الطرفان المفاوض "
        "مساعد مساعدي كبير السكرتير المنسق منسق الدكتور المجلس مجلس اللجنة لجنة الحزب حزب كتلة الهيئة هيئة المتظاهرون الناشط شهود السلطات"
    ).split()
)
SPEAKING_KINDS = frozenset(
    {Kind.PERSON, Kind.OFFICE, Kind.GOVERNMENT, Kind.MINISTRY, Kind.ARMY, Kind.PARLIAMENT, Kind.COUNTRY, Kind.OUTLET,
     Kind.AGENCY, Kind.BODY, Kind.GROUP, Kind.CITY}
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Speaker:
    """A speaker as written, and where."""

    text: str
    span: Span


def after_verb(parsed: Parsed, at: int, before: int) -> Speaker | None:
    """The speaker between the verb at token `at` and the token `before` which words or their link begin."""
    stop = at + 1
    while stop < before and stop - at <= LONGEST and not _ends(parsed, at, stop, before):
        stop += 1
    return _speaker(parsed, at + 1, stop)


def _ends(parsed: Parsed, at: int, place: int, before: int) -> bool:
    token = parsed.tokens[place]
    gap = parsed.text[parsed.tokens[place - 1].end : token.start]
    if place > at + 1 and re.search(r"[،؛,:\n(–-]", gap):
        return not _name_follows(parsed, at, place, before, gap)
    if token.folded in _STOPS or token.folded in COMPLEMENTISERS or _LISTENERS.match(token.folded):
        return True
    if token.folded in _PREPOSITIONS:
        previous = parsed.tokens[place - 1].folded
        if place == at + 1:
            return True
        if token.folded in _WITHIN_TITLE and place + 1 < before:
            follows = parsed.mentions_in(
                Span(start=parsed.tokens[place + 1].start, end=parsed.tokens[place + 1].end)
            )
            office = any(m.name.kind in SPEAKING_KINDS and m.name.kind is not Kind.PERSON for m in follows)
            named = any(m.name.kind is Kind.PERSON for m in parsed.mentions_in(_span(parsed, at + 1, place)))
            return not (previous in _COUNTING or (office and not named and place - at <= 4))
        return True
    found = verb_of(token.folded)
    return found is not None and found[1] == 1 and place > at + 1


def _name_follows(parsed: Parsed, at: int, place: int, before: int, gap: str) -> bool:
    """Whether after a comma comes the name that belongs to the title before it («وزير الدفاع، فلان، إن»)."""
    if "،" not in gap and "," not in gap:
        return False
    first = parsed.tokens[at + 1].folded
    here = parsed.mentions_in(Span(start=parsed.tokens[place].start, end=parsed.tokens[place].end))
    titled = first in _TITLES and not any(
        m.name.kind is Kind.PERSON for m in parsed.mentions_in(_span(parsed, at + 1, place))
    )
    return titled and any(m.name.kind is Kind.PERSON for m in here)


def before_verb(parsed: Parsed, at: int, first: int) -> Speaker | None:
    """A subject before its verb: what stands between the last border and the verb, if it can speak."""
    low = at
    while low > first and at - low < LONGEST:
        gap = parsed.text[parsed.tokens[low - 1].end : parsed.tokens[low].start]
        previous = parsed.tokens[low - 1].folded
        if re.search(r"[،؛,:\n.«»\"]", gap) or previous in COMPLEMENTISERS or previous in _BORDERS:
            break
        low -= 1
    if low == first and at - low >= LONGEST:
        return None
    high = at
    while high > low and parsed.tokens[high - 1].folded in {"قد", "كان", "كانت", "ايضا"}:
        high -= 1
    while low < high and parsed.tokens[low].folded in _SKIPPED:
        low += 1
    return _speaker(parsed, low, high)


_BORDERS = frozenset(
    fold(w)
    for w in (
        "لكن",
        "ولكن",
        "بينما",
        "فيما",
        "حين",
        "أن",
        "وأن",
        "إن",
        "الذي",
        "التي",
        "والتي",
        "والذي",
        "حيث",
        "ثم",
    )
)
_SKIPPED = frozenset(
    fold(w) for w in ("وكان", "كان", "وكانت", "كانت", "فقد", "وقد", "قد", "أما", "غير", "إلا", "و")
)


def _speaker(parsed: Parsed, low: int, high: int) -> Speaker | None:
    if high <= low:
        return None
    span = _span(parsed, low, high)
    if not can_speak(parsed, low, high):
        return None
    # A quotation mark that frames the last name belongs to it.
    end = span.end + (parsed.text[span.end : span.end + 1] in {'"', "»", "”"} and _odd(parsed.of(span)))
    return Speaker(text=parsed.text[span.start : end], span=Span(start=span.start, end=end))


def _odd(text: str) -> bool:
    return text.count('"') % 2 == 1 or text.count("«") > text.count("»") or text.count("“") > text.count("”")


def can_speak(parsed: Parsed, low: int, high: int) -> bool:
    """Whether the phrase names somebody, has a title, or has the form of a person's name beside one."""
    if any(
        parsed.tokens[place].folded.removeprefix("و") in _TITLES for place in range(low, min(high, low + 2))
    ):
        return True
    span = _span(parsed, low, high)
    return any(speaks(m.name) for m in parsed.mentions_in(span))


def speaks(name: Name) -> bool:
    """Whether a name can say something: not a place, and a city only where it stands for a government."""
    return name.kind in SPEAKING_KINDS and (name.kind is not Kind.CITY or bool(name.side))


def _span(parsed: Parsed, low: int, high: int) -> Span:
    return Span(start=parsed.tokens[low].start, end=parsed.tokens[max(low, high - 1)].end)


def is_anaphor(text: str) -> bool:
    """A bare definite title («المتحدث», «الصحيفة») which stands for somebody named before."""
    words = text.split()
    return len(words) <= 2 and fold(words[0]).startswith("ال") and fold(words[0]) in _TITLES
