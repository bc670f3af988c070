"""What a text says of time: weekdays, months, days of months, years, parts of the day, units of a stretch."""

import re
from collections.abc import Callable, Iterator
from itertools import pairwise

from summaries.gate.words import bare_forms
from summaries.reading import Parsed
from summaries.text import fold, fold_with_offsets
from summaries.types import Span

_WEEKDAYS = {
    fold(name): number
    for number, names in enumerate(
        ("الاثنين الإثنين", "الثلاثاء", "الأربعاء", "الخميس", "الجمعة", "السبت", "الأحد")
    )
    for name in names.split()
}
_MONTH_NAMES = (
    "يناير جانفي كانون_الثاني", "فبراير فيفري شباط", "مارس آذار", "أبريل إبريل أفريل نيسان", "مايو ماي أيار",
    "يونيو جوان حزيران يونية", "يوليو جويلية تموز يوليوز يولية", "أغسطس أوت آب غشت", "سبتمبر أيلول شتنبر",
    "أكتوبر تشرين_الأول", "نوفمبر نونبر تشرين_الثاني", "ديسمبر دجنبر كانون_الأول", "رمضان", "شعبان", "شوال", "رجب",
    "محرم", "ذي_الحجة ذو_الحجة", "ذي_القعدة ذو_القعدة",
)  # fmt: skip
_MONTHS = {
    fold(name.replace("_", " ")): number
    for number, names in enumerate(_MONTH_NAMES, start=1)
    for name in names.split()
}
_ALTERNATIVES = "|".join(sorted(_MONTHS, key=len, reverse=True))
_MONTH = re.compile(rf"(?<!\w)[وفبلك]?({_ALTERNATIVES})(?!\w)")
_DAY = re.compile(rf"(?<!\d)(\d{{1,2}})\s*(?:من\s+)?(?:شهر\s+)?({_ALTERNATIVES})(?!\w)")
_ORDINAL_DAY = {
    fold("ال" + word): value
    for value, word in enumerate(
        "أول ثاني ثالث رابع خامس سادس سابع ثامن تاسع عاشر".split(), start=1
    )
} | {fold("الحادي"): 1}  # fmt: skip
_TENS = {"": 0, "عشر": 10, "والعشرين": 20, "والعشرون": 20, "والثلاثين": 30, "والثلاثون": 30}
_WORDED_DAY = re.compile(
    rf"(?<!\w)[وفبلك]?({'|'.join(_ORDINAL_DAY)}|العشرين|الثلاثين)(?:\s+(عشر|والعشرين|والعشرون|والثلاثين|والثلاثون))?\s+من\s+(?:شهر\s+)?({_ALTERNATIVES})(?!\w)"
)
_TO_WORDED_DAY = re.compile(
    rf"(?<!\w)[وفبلك]?({'|'.join(_ORDINAL_DAY)})(?:\s+(عشر|والعشرين|والعشرون))?\s+(?:و|الي\s+|حتي\s+)$"
)
_TO_DAY = re.compile(
    rf"(?<!\d)(\d{{1,2}})\s*(?:و|إلى|الي|حتي|-|–)\s*(?=\d{{1,2}}\s+(?:{_ALTERNATIVES})(?!\w))"
)
_COUNTED = (
    "دولار يورو شيكل جنيه ريال درهم دينار ليرة شخص جندي قتيل جريح طن متر كيلومتر نسمة صوت مقاتل شرطي عنصر مواطن "
    "موظف عامل منزل صاروخ شاحنة دولة هكتار دونم وحدة أسرة عائلة طفل امرأة مستوطن فلسطيني إسرائيلي لاجئ نازح طائرة "
    "مسيرة قنبلة مدرسة سرير مريض إصابة حالة صحفي متظاهر معتقل أسير ناخب نائب مقعد شركة برميل ميغاواط ساعة يوم كلم كم"
)
_OF_THINGS = rf"\s+(?:{'|'.join(fold(word) for word in _COUNTED.split())})(?:ا|ه|ي|ات)?(?!\w)"
_YEAR = re.compile(rf"(?<![\d.,])((?:19|20)\d\d)(?!\d|[.,]\d|{_OF_THINGS})")
_PARTS = {
    fold(word): part
    for part, words in (
        ("night", "ليل ليلة الليل ليلا ليلي"), ("dawn", "فجر الفجر فجرا"), ("morning", "صباح صباحا الصباح صبيحة"),
        ("noon", "ظهر ظهرا الظهر ظهيرة"), ("evening", "مساء المساء عشية"), ("afternoon", "عصر عصرا"),
    )
    for word in words.split()
}  # fmt: skip
_UNITS = {
    fold(form): unit
    for unit, words in (
        ("second", "ثانية ثوان ثواني الثواني"), ("minute", "دقيقة دقائق دقيقتين الدقائق"),
        ("hour", "ساعة ساعات ساعتين ساعتان الساعات"),
        ("day", "يوم أيام يومين يومان يوما الأيام"), ("week", "أسبوع أسابيع أسبوعين أسبوعان أسبوعا الأسبوع الأسابيع"),
        ("month", "شهر أشهر شهور شهرين شهران شهرا الشهر الأشهر"),
        ("year", "عام أعوام عامين عامان عاما سنة سنوات سنتين سنتان العام السنة السنوات سنين"),
        ("decade", "عقود عقدين عقدان"), ("century", "قرن قرون قرنين القرن"),
    )
    for form in words.split()
}  # fmt: skip
_LEADS = frozenset(fold(w) for w in (
    "قبل بعد منذ خلال مدى طوال طيلة غضون مطلع نهاية أوائل أواخر منتصف بداية هذا هذه مدة لمدة استمر دامت "
    "دام قضى أمضى نصف أكثر أقل"
).split())  # fmt: skip
_PAST = frozenset(
    fold(w) for w in ("الماضي الماضية المنصرم المنصرمة الفائت الفائتة السابق الماضيين الماضيتين").split()
)
_NEXT = frozenset(fold(w) for w in "المقبل المقبلة القادم القادمة التالي التالية المقبلين القادمين".split())
_THIS = frozenset(fold(w) for w in ("هذا", "هذه", "وهذا"))
_NOW = frozenset(fold(w) for w in "الجاري الجارية الحالي الحالية".split())
_RELATIVE = {fold("أمس"): "yesterday", fold("البارحة"): "yesterday", fold("غدا"): "tomorrow", fold("الغد"): "tomorrow",
             fold("اليوم"): "today"}  # fmt: skip
_PERIODS = {fold(w): name for name, words in (
    ("start", "مطلع بداية أوائل مستهل"), ("middle", "منتصف وسط أواسط"), ("end", "نهاية أواخر ختام آخر"),
) for w in words.split()}  # fmt: skip


_THIRD = re.compile(rf"(?<!\w)[وفبل]?({'|'.join(_PERIODS)})\s+(?:شهر\s+)?({_ALTERNATIVES})(?!\w)")
_FIRST_TO_LAST = {"الاول": 1, "الثاني": 2, "الثالث": 3, "الرابع": 4, "الاخير": 0}
_PART_OF_YEAR = re.compile(
    rf"(الربع|النصف)\s+({'|'.join(_FIRST_TO_LAST)})\s+(?:من\s+)?(?:هذا\s+)?(?:(?:ال|لل|ل)?(?:عام|سنه)|20\d\d)"
)


def days_of_months(text: str) -> list[tuple[int, int]]:
    """Where a text names a day of a month («7 أكتوبر», «الثاني والعشرين من مارس»), offsets of the text."""
    folded, offsets = fold_with_offsets(text)
    return [(offsets[start], offsets[end]) for start, end, _, _ in _days(folded)]


def _days(folded: str) -> Iterator[tuple[int, int, int, int]]:
    """For each day of a month in a folded text: where it stands, the day and the month's number."""
    for m in _WORDED_DAY.finditer(folded):
        tens = {"العشرين": 20, "الثلاثين": 30}.get(m[1])
        day = tens if tens is not None else _ORDINAL_DAY[m[1]] + _TENS[m[2] or ""]
        yield m.start(), m.end(), day, _MONTHS[m[3]]
        before = folded[max(0, m.start() - _RANGE_WORDED) : m.start(1)]
        if first := _TO_WORDED_DAY.search(before):
            start = m.start(1) - len(before)
            yield (
                start + first.start(),
                start + first.end(1),
                _ORDINAL_DAY[first[1]] + _TENS[first[2] or ""],
                _MONTHS[m[3]],
            )
    for m in _DAY.finditer(folded):
        yield m.start(), m.end(), int(m[1]), _MONTHS[m[2]]
        if first := _TO_DAY.search(folded, max(0, m.start() - _RANGE), m.end()):
            yield first.start(), first.end(1), int(first[1]), _MONTHS[m[2]]


_RANGE_WORDED = 30
_RANGE = 8  # letters between the two days of «17 و18 سبتمبر»


def days_spanned(text: str) -> set[int]:
    """How many days «9 و10 أبريل», «من الثالث إلى الخامس من مايو» are, counted with both."""
    folded = fold_with_offsets(text)[0]
    found = sorted(_days(folded))
    return {
        two[2] - one[2] + 1
        for one, two in pairwise(found)
        if one[3] == two[3] and one[2] < two[2] and two[0] - one[0] <= _RANGE_WORDED
    } | {two[2] - one[2] for one, two in pairwise(found) if one[3] == two[3] and one[2] < two[2]}


def days_between(text: str) -> set[int]:
    """How many days lie from one weekday that a text names to a later one of the same week or the next."""
    found = [_WEEKDAYS[form] for m in _WORD.finditer(text) for form in (fold(m[0]),) if form in _WEEKDAYS]
    joined = {
        (_WEEKDAYS[two] - _WEEKDAYS[one]) % _WEEK + 1
        for one, two in _JOINED_DAYS.findall(fold_with_offsets(text)[0])
    }  # «يومي الجمعة والسبت»
    return ({(later - day) % _WEEK for day, later in pairwise(found)} | joined) - {0}


_JOINED_DAYS = re.compile(rf"(?<!\w)({'|'.join(_WEEKDAYS)})\s+و({'|'.join(_WEEKDAYS)})(?!\w)")


_WORD = re.compile(r"\w+")
_WEEK = 7


def is_year(text: str, offset: int) -> bool:
    """Whether the digits at an offset are a year, and no number of things («2000 دولار»)."""
    return _YEAR.match(fold_with_offsets(text[offset : offset + _AHEAD])[0]) is not None


_AHEAD = 20  # letters in which a counted noun follows


def eves(text: str) -> set[str]:
    """The last day that is left by «قبل الخامس من نوفمبر»: the fourth."""
    folded = fold_with_offsets(text)[0]
    return {
        f"{day - 1}/{month}"
        for start, _, day, month in _days(folded)
        if day > 1 and _UNTIL.search(folded[:start])
    }


_UNTIL = re.compile(r"(?<!\w)قبل\s+(?:يوم\s+|حلول\s+)?$")


def times(parsed: Parsed, span: Span, *, every: bool = False) -> dict[str, set[str]]:
    """What a span says of time, by kind: weekday, month, day, year, part of the day, unit of a stretch. `every`: a
    unit counts wherever it stands, not only after «قبل», «منذ» and the like.
    """
    folded = fold_with_offsets(parsed.of(span))[0]
    found: dict[str, set[str]] = {}

    def add(kind: str, value: object) -> None:
        found.setdefault(kind, set()).add(str(value))

    for m in _MONTH.finditer(folded):
        if every or m[1] not in _DOUBTFUL or _dated(folded, m):
            add("month", _MONTHS[m[1]])
    for _, _, day, month in _days(folded):
        add("day", f"{day}/{month}")
    for m in _THIRD.finditer(folded):
        add("third", f"{_PERIODS[m[1]]}/{_MONTHS[m[2]]}")
    for m in _PART_OF_YEAR.finditer(folded):
        add("quarter" if m[1] == "الربع" else "half", _FIRST_TO_LAST[m[2]] or (4 if m[1] == "الربع" else 2))
    for m in _YEAR.finditer(folded):
        add("year", m[1])
    low, high = parsed.range_of(span)
    for place in range(low, high):
        _word(parsed, place, low, high, add, every)
    return found


_DOUBTFUL = frozenset(fold(w) for w in "مارس ماي رجب شعبان جوان محرم آب أوت نيسان".split())
_DATING = re.compile(r"(?:\d|شهر|في|من|منذ|منتصف|مطلع|نهايه|اواخر|اوايل|حتي|خلال|بين|/)\s*$")
_DATED = re.compile(r"\s*(?:/|\d{4}|الماضي|المقبل|القادم|الجاري|الحالي)")


def _dated(folded: str, month: re.Match[str]) -> bool:
    """Whether a word that is a month or something else (مارس «practised») stands as a month."""
    return bool(_DATING.search(folded[: month.start()]) or _DATED.match(folded, month.end()))


def _word(
    parsed: Parsed, place: int, low: int, high: int, put: Callable[[str, object], None], every: bool
) -> None:
    folded = parsed.tokens[place].folded
    after = parsed.tokens[place + 1].folded if place + 1 < high else ""
    before = parsed.tokens[place - 1].folded if place > low else ""
    for form in bare_forms(folded):
        if form in _WEEKDAYS or (
            "ال" + form in _WEEKDAYS and folded.startswith(("ل", "ول")) and form != folded
        ):
            put("weekday", _WEEKDAYS.get(form, _WEEKDAYS.get("ال" + form)))
            return
        if form in _RELATIVE:
            put("relative", _RELATIVE[form])
            return
        part = _PARTS.get(form)
        if part == "noon" and before == "بعد":
            part = "afternoon"  # «بعد ظهر الثلاثاء» is «عصر الثلاثاء»
        if every and part and form.startswith("ال") and after not in _WEEKDAYS:
            put("time", part)
        if part and (after in _WEEKDAYS or after in _RELATIVE or after in ("يوم",) or folded.endswith("ا")):
            put("part", part)
            if after in _WEEKDAYS:
                put("moment", f"{part}/{_WEEKDAYS[after]}")
            return
        if form in _PERIODS and unit_of(after) is not None:
            put("period", _PERIODS[form])
    unit = unit_of(folded)
    if unit is None:
        return
    turned = (
        "past"
        if after in _PAST
        else "next"
        if after in _NEXT
        else "now"
        if after in _NOW or before in _THIS
        else ""
    )
    leads = every or any(
        form in _LEADS
        for token in parsed.tokens[max(low, place - 3) : place]
        for form in bare_forms(token.folded)
    )
    if unit != "day" or leads:
        if turned:
            put("turn", f"{turned} {unit}")
        if (
            (every or not turned)
            and leads
            and not (unit in ("month", "day") and (after in _MONTHS or after in _WEEKDAYS))
            and before not in ("كل",)
        ):
            put("calendar" if folded.startswith("ال") and not every else "unit", unit)


def unit_of(folded: str) -> str | None:
    """The unit of time that a folded word names, with or without letters joined before it."""
    return next((_UNITS[form] for form in bare_forms(folded) if form in _UNITS), None)


def is_weekday(folded: str) -> bool:
    return folded in _WEEKDAYS
