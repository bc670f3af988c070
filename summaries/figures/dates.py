"""Days that a text names. Offsets are of the text as given.

Months are read in all their Arabic names (Levantine, Egyptian, Maghrebi) and in pairs («مارس/آذار»); a relative
day («أمس», «الخميس الماضي») is resolved against the day of publication that the caller gives.
"""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from hijridate import Hijri

from summaries.text import fold, fold_with_offsets, tokens

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "يناير جانفي", "فبراير فيفري شباط", "مارس آذار", "أبريل إبريل أفريل نيسان", "مايو ماي أيار",
            "يونيو جوان حزيران يونية",
            "يوليو جويلية تموز يوليوز يولية", "أغسطس أوت آب غشت", "سبتمبر أيلول شتنبر", "أكتوبر",
            "نوفمبر نونبر", "ديسمبر دجنبر",
        ),
        start=1,
    )
    for name in map(fold, names.split())
}  # fmt: skip
_LONG_MONTHS = {
    fold("كانون الثاني"): 1,
    fold("تشرين الأول"): 10,
    fold("تشرين الثاني"): 11,
    fold("كانون الأول"): 12,
}
_HIJRI = {
    fold(name): number
    for number, name in enumerate(
        ("محرم", "صفر", "ربيع الأول", "ربيع الآخر", "جمادى الأولى", "جمادى الآخرة",
         "رجب", "شعبان", "رمضان", "شوال", "ذو القعدة", "ذو الحجة"),
        start=1,
    )
}  # fmt: skip
_ALTERNATION = "|".join(sorted((*_MONTHS, *_LONG_MONTHS), key=len, reverse=True))
_DAY_MONTH = re.compile(
    rf"(?<!\d)(\d{{1,2}})\s*(?:من\s+)?(?:شهر\s+)?({_ALTERNATION})(?:\s*[/(]\s*(?:{_ALTERNATION})\)?)?"
    rf"(?:[\s،,]+(?:من\s+)?(?:عام\s+|سنه\s+|العام\s+)?(\d{{4}}))?(?!\w)"
)
_HIJRI_DATE = re.compile(
    rf"(?<!\d)(\d{{1,2}})\s+(?:من\s+)?({'|'.join(_HIJRI)})\s+(?:عام\s+)?(1[34]\d\d)\s*(?:ه(?:جريه|\b))?"
)
_NUMERIC = re.compile(r"(?<![\d/.-])(\d{1,4})([/.-])(\d{1,2})\2(\d{1,4})(?![\d/.-])")
_WEEKDAYS = {
    name: number
    for number, names in enumerate(
        ("الاثنين الإثنين", "الثلاثاء", "الأربعاء", "الخميس", "الجمعة", "السبت", "الأحد")
    )
    for name in map(fold, names.split())
}
_NEXT = frozenset(("المقبل", "المقبله", "القادم", "القادمه"))
_DAYS = {
    "اليوم": 0, "امس": -1, "البارحه": -1, "غدا": 1, "الغد": 1,
}  # fmt: skip
_TWO_AWAY = {("امس", "الاول"): -2, ("اول", "امس"): -2, ("بعد", "غد"): 2}


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """A day as written between `start` and `end`. `relative`: it depends on the day of publication."""

    start: int
    end: int
    day: date
    relative: bool = False


def dates(text: str, published: date | None = None) -> tuple[Moment, ...]:
    """The days that a text names, in order. A day without a year is the one nearest to `published`; without
    `published` only days with a year are found, and no relative ones.
    """
    folded, offsets = fold_with_offsets(text)
    found = [
        *_absolute(folded, published), *_numeric(folded), *_hijri(folded),
        *(_relative(text, published) if published else ()),
    ]  # fmt: skip
    placed = [
        moment
        if moment.relative
        else Moment(start=offsets[moment.start], end=offsets[moment.end], day=moment.day)
        for moment in found
    ]
    kept: list[Moment] = []
    for moment in sorted(placed, key=lambda m: (m.start, m.relative, -m.end)):
        if not kept or moment.start >= kept[-1].end:
            kept.append(moment)
    return tuple(kept)


def _absolute(folded: str, published: date | None) -> list[Moment]:
    found = []
    for m in _DAY_MONTH.finditer(folded):
        month = _MONTHS.get(m[2]) or _LONG_MONTHS[m[2]]
        year = int(m[3]) if m[3] else None
        day = _day(year, month, int(m[1])) if year else _nearest(published, month, int(m[1]))
        if day is not None:
            found.append(Moment(start=m.start(), end=m.end(), day=day))
    return found


def _numeric(folded: str) -> list[Moment]:
    """«2024-03-28» and, day first, «28/3/2024»."""
    found = []
    for m in _NUMERIC.finditer(folded):
        first, month, last = m[1], int(m[3]), m[4]
        day = None
        if len(first) == 4 and len(last) <= 2:
            day = _day(int(first), month, int(last))
        elif len(last) == 4 and len(first) <= 2:
            day = _day(int(last), month, int(first))
        if day is not None:
            found.append(Moment(start=m.start(), end=m.end(), day=day))
    return found


def _hijri(folded: str) -> list[Moment]:
    found = []
    for m in _HIJRI_DATE.finditer(folded):
        try:
            day = Hijri(int(m[3]), _HIJRI[m[2]], int(m[1])).to_gregorian()
        except (ValueError, OverflowError):
            continue
        found.append(Moment(start=m.start(), end=m.end(), day=date(day.year, day.month, day.day)))
    return found


def _relative(text: str, published: date) -> list[Moment]:
    words = tokens(text)
    found = []
    for place, word in enumerate(words):
        after = words[place + 1].folded if place + 1 < len(words) else ""
        key = word.folded[1:] if word.folded[:1] == "و" and word.folded[1:] in _DAYS else word.folded
        start, end = word.end - len(key), word.end
        if (key, after) in _TWO_AWAY:
            shift, end = _TWO_AWAY[key, after], words[place + 1].end
        elif key in _DAYS:
            shift = _DAYS[key]
        elif key in _WEEKDAYS:
            behind = (published.weekday() - _WEEKDAYS[key]) % 7
            shift = (
                (7 - behind) % 7 or 7
                if after in _NEXT
                else -(behind or (7 if after.startswith("الماض") else 0))
            )
        else:
            continue
        found.append(Moment(start=start, end=end, day=published + timedelta(days=shift), relative=True))
    return found


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _nearest(published: date | None, month: int, day: int) -> date | None:
    if published is None:
        return None
    near = [_day(published.year + shift, month, day) for shift in (-1, 0, 1)]
    known = [candidate for candidate in near if candidate is not None]
    return min(known, key=lambda candidate: abs((candidate - published).days), default=None)
