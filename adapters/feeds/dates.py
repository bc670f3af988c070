"""Dates as feeds and pages of the Arabic press write them, to moments in UTC."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from hijridate import Hijri

from adapters.feeds.calendar import GREGORIAN_MONTHS, HIJRI_MONTHS, ZONE_HOURS, ZONE_NAMES, fold


def _names(table: dict[str, int]) -> str:
    return "|".join(re.escape(name) for name in sorted(table, key=len, reverse=True))


_RFC822 = re.compile(
    r"(?:[a-z]{3,9},?\s+)?(\d{1,2})\s+([a-z]{3,9})\s+(\d{4}|\d{2})\s+(\d{1,2}):(\d{2})(?::(\d{2}))?\s*"
    r"(?:([+-]\d{2}):?(\d{2})|([a-z]{1,5}))?",
)
# The commonest forms, for which no more need be asked.
_CLOCK = r"([01]\d|2[0-3]):([0-5]\d):([0-5]\d)"
_STAMP = re.compile(
    rf"(?:[A-Z][a-z]{{2}}, )?(\d{{1,2}}) ([A-Z][a-z]{{2}}) (\d{{4}}) {_CLOCK} "
    r"(?:GMT|([+-])(0\d|1[0-4])([0-5]\d))",
    re.ASCII,
)
_ISO_STAMP = re.compile(rf"(?:19|20)\d\d-\d\d-\d\dT{_CLOCK}(?:Z|[+-](?:0\d|1[0-4]):[0-5]\d)", re.ASCII)
_ISO = re.compile(
    r"(\d{4})-?(\d{2})-?(\d{2})(?:[t ,]+(\d{2}):?(\d{2})(?::?(\d{2})(?:[.,]\d+)?)?\s*"
    r"(?:(z|utc|gmt)|([+-]\d{2}):?(\d{2})?)?)?",
)
_TIME = re.compile(
    r"(?<![\d:/.-])(\d{1,2})\s?[:h٫.]\s?(\d{2})(?:\s?:\s?(\d{2})(?:\.\d+)?)?(?![\d/.-]|:\d)|الساعه\s+(\d{1,2})(?![\d:])"
)
_HALF = re.compile(
    r"(?<![^\W\d_])(صباحا|فجرا|ظهرا|عصرا|مساء|ليلا|قبل\s+الظهر|بعد\s+الظهر|بعد\s+منتصف\s+الليل|ص|م|a\.?m\.?|p\.?m\.?)"
    r"(?![^\W\d_])"
)
_OFFSET = re.compile(r"(?:(?:gmt|utc)\s*)?([+-])(\d{1,2}):?(\d{2})?(?!\d)")
_ZONE = re.compile(r"\b(" + "|".join(sorted(ZONE_HOURS, key=len, reverse=True)) + r")\b")
_ZONE_NAME = re.compile(r"(?:بتوقيت|توقيت)\s+(?:مدينه\s+)?(" + "|".join(ZONE_NAMES) + ")")
_ANY_MONTH = f"({_names(GREGORIAN_MONTHS)})(?:(?:\\s*[/(-]\\s*|\\s)(?:{_names(GREGORIAN_MONTHS)})\\)?)?"
_DAY_MONTH_YEAR = re.compile(
    rf"(?<!\d)(\d{{1,2}})(?:st|nd|rd|th|er)?[\s,/.-]*(?:من\s+)?(?:شهر\s+)?(?<![^\W\d_]){_ANY_MONTH}(?![^\W\d_])\.?[\s,/.-]*(?:عام\s+)?(\d{{4}})(?!\d)"
)
_MONTH_DAY_YEAR = re.compile(
    rf"(?<![^\W\d_]){_ANY_MONTH}\.?\s+(\d{{1,2}})(?:st|nd|rd|th)?\s*,?\s*(\d{{4}})(?!\d)"
)
_HIJRI = re.compile(rf"(?<!\d)(\d{{1,2}})[\s,/-]*(?:من\s+)?({_names(HIJRI_MONTHS)})[\s,/-]*(\d{{4}})(?!\d)")
_DAY_FIRST = re.compile(r"(?<!\d)(\d{1,2})\s?([/.-])\s?(\d{1,2})\s?\2\s?(\d{4}|\d{2})(?!\d)")
_YEAR_FIRST = re.compile(r"(?<!\d)(\d{4})\s?([/.-])\s?(\d{1,2})\s?\2\s?(\d{1,2})(?!\d)")
_CTIME = re.compile(r"([a-z]{3}) ([a-z]{3}) (\d{1,2}) (\d\d:\d\d:\d\d)(?: ([a-z]{2,4}|[+-]\d{4}))? (\d{4})")
_RUN = re.compile(r"((?:19|20)\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)?")
_EPOCH = re.compile(r"\d{10}(?:\d{3})?")


@dataclass(frozen=True, slots=True)
class _Found:
    day: date
    start: int
    end: int


def parse_date(text: str, zone: str) -> datetime | None:
    """The moment `text` speaks of, in UTC; None where it names no full date.

    `zone` (IANA) holds where the text names none, and so does midnight where it names no hour. Read are
    RFC 822 and ISO 8601 in their looser forms too, and dates in Arabic: month names of Egypt and the Gulf,
    the Levant, the Maghreb and the Hijri year, digits of either kind, ص and م, «بتوقيت …»; day before month.
    """
    if not text or len(text) > 200:
        return None
    try:
        found = _stamp(text) or _loosely(text, zone)
    except (ValueError, OverflowError):
        return None
    return found if found is not None and 1990 <= found.year <= 2100 else None


def _loosely(text: str, zone: str) -> datetime | None:
    folded = " ".join(text.lower().split()) if text.isascii() else fold(text)
    return _rfc822(folded, zone) or _iso(folded, zone) or _written(folded, zone)


def _stamp(text: str) -> datetime | None:
    """What `_loosely` would give, for the forms that most feeds write; None for all others."""
    match = _STAMP.fullmatch(text)
    if match is None:
        return datetime.fromisoformat(text).astimezone(UTC) if _ISO_STAMP.fullmatch(text) else None
    day, name, year, hour, minute, second, sign, hours, minutes = match.groups()
    month = GREGORIAN_MONTHS.get(name.lower())
    if month is None:
        return None
    moment = datetime(int(year), month, int(day), int(hour), int(minute), int(second), tzinfo=UTC)
    if sign is None or hours == minutes == "00":
        return moment
    offset = timedelta(hours=int(hours), minutes=int(minutes))
    return moment - offset if sign == "+" else moment + offset


def _rfc822(text: str, zone: str) -> datetime | None:
    match = _RFC822.fullmatch(_CTIME.sub(r"\3 \2 \6 \4 \5", text).strip())
    if match is None or match[2] not in GREGORIAN_MONTHS:
        return None
    name = match[9]
    if name is not None and name not in ZONE_HOURS:
        return None
    where = _fixed(match[7], match[8]) if match[7] else _hours(name) if name else known_zone(zone)
    year = int(match[3]) + (0 if len(match[3]) == 4 else 2000 if int(match[3]) < 70 else 1900)
    day = date(year, GREGORIAN_MONTHS[match[2]], int(match[1]))
    return _moment(day, int(match[4]), int(match[5]), int(match[6] or 0), where)


def _iso(text: str, zone: str) -> datetime | None:
    match = _ISO.fullmatch(text)
    if match is None:
        return None
    year, month, day = int(match[1]), int(match[2]), int(match[3])
    if year < 1900:
        return None  # a Hijri year; `_written` knows them
    where: tzinfo = UTC if match[7] else _fixed(match[8], match[9]) if match[8] else known_zone(zone)
    return _moment(date(year, month, day), int(match[4] or 0), int(match[5] or 0), int(match[6] or 0), where)


def _written(text: str, zone: str) -> datetime | None:
    run = _RUN.fullmatch(text)
    if run is not None:
        year, month, day, *clock = map(int, run.groups("0"))
        return _moment(date(year, month, day), clock[0], clock[1], clock[2], known_zone(zone))
    if _EPOCH.fullmatch(text):
        return datetime.fromtimestamp(int(text[:10]), UTC)
    found = _gregorian(text) or _numeric(text) or _hijri(text)
    if found is None:
        return None
    rest = (
        text[: found.start]
        + " | "
        + re.sub(r"^\s*(?:م|ميلادي\w*|هـ?|هجري\w*)(?![^\W\d_])(?!\s*$)", " ", text[found.end :])
    )
    hour, minute, second = _clock(_beside_zone(rest))
    return _moment(found.day, hour, minute, second, _where(rest, zone))


def _beside_zone(text: str) -> str:
    """Of two hours, «22:30 (19:30 بتوقيت غرينتش)», the one whose zone is named."""
    named = _ZONE_NAME.search(text) or _ZONE.search(text)
    if named is None:
        return text
    hours = [match for match in _TIME.finditer(text) if match.start() < named.start()]
    return text[hours[-1].start() :] if len(hours) > 1 else text


def _gregorian(text: str) -> _Found | None:
    for match in _DAY_MONTH_YEAR.finditer(text):
        if int(match[3]) > 1900:
            day = date(int(match[3]), GREGORIAN_MONTHS[match[2]], int(match[1]))
            return _Found(day, match.start(), match.end())
    match_first = _MONTH_DAY_YEAR.search(text)
    if match_first is None:
        return None
    day = date(int(match_first[3]), GREGORIAN_MONTHS[match_first[1]], int(match_first[2]))
    return _Found(day, match_first.start(), match_first.end())


def _numeric(text: str) -> _Found | None:
    """24/09/2026, 2026/09/24, and the same in Hijri years; a Gregorian date wins over a Hijri one."""
    found = []
    for match in _YEAR_FIRST.finditer(text):
        found.append((_day(int(match[1]), int(match[3]), int(match[4])), match))
    for match in _DAY_FIRST.finditer(text):
        year = int(match[4]) + (2000 if len(match[4]) == 2 else 0)
        found.append((_day(year, int(match[3]), int(match[1])), match))
    dated = [(hijri, _Found(day, match.start(), match.end())) for (hijri, day), match in found]
    return min(dated, key=lambda pair: pair[0])[1] if dated else None


def _day(year: int, month: int, day: int) -> tuple[bool, date]:
    """Whether it was Hijri, and the Gregorian day. Month and day change places where only that is a date."""
    if month > 12 >= day:
        month, day = day, month
    if 1300 < year < 1600:
        return True, _from_hijri(year, month, day)
    return False, date(year, month, day)


def _hijri(text: str) -> _Found | None:
    match = _HIJRI.search(text)
    if match is None:
        return None
    day = _from_hijri(int(match[3]), HIJRI_MONTHS[match[2]], int(match[1]))
    return _Found(day, match.start(), match.end())


def _from_hijri(year: int, month: int, day: int) -> date:
    """By the Umm al-Qura calendar."""
    gregorian = Hijri(year, month, day).to_gregorian()
    return date(gregorian.year, gregorian.month, gregorian.day)


def _clock(text: str) -> tuple[int, int, int]:
    match = _TIME.search(text)
    if match is None:
        return 0, 0, 0
    hour, minute, second = int(match[1] or match[4]), int(match[2] or 0), int(match[3] or 0)
    half = _HALF.search(text, match.end()) or _HALF.search(text)
    if half is None or hour > 12:
        return hour % 24, minute, second
    word = half[1]
    if word in ("ظهرا", "ليلا"):  # noon: 11 and 12 stand, 1 is 13; night: 8 is 20, 1 is 1, 12 is 0
        night_after = word == "ليلا" and (hour < 6 or hour == 12)
        return (
            (hour % 12 if night_after else hour if hour > 10 and word == "ظهرا" else hour + 12),
            minute,
            second,
        )
    late = word in ("م", "مساء", "عصرا") or word.startswith("p") or word.endswith("بعد الظهر")
    return hour % 12 + (12 if late else 0), minute, second


def _where(text: str, zone: str) -> tzinfo:
    match = _ZONE_NAME.search(text)
    if match is not None:
        return known_zone(ZONE_NAMES[match[1]])
    offset = _OFFSET.search(text)
    if offset is not None:
        return _fixed(offset[1] + offset[2].zfill(2), offset[3])
    name = _ZONE.search(text)
    return _hours(name[1]) if name else known_zone(zone)


def _fixed(hours: str, minutes: str | None) -> timezone:
    sign = -1 if hours.startswith("-") else 1
    return timezone(sign * timedelta(hours=int(hours[1:]), minutes=int(minutes or 0)))


def _hours(name: str) -> timezone:
    return timezone(timedelta(hours=ZONE_HOURS[name]))


@lru_cache(maxsize=64)
def known_zone(name: str) -> tzinfo:
    """The zone of this IANA name; UTC where there is no such zone."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return UTC


def _moment(day: date, hour: int, minute: int, second: int, where: tzinfo) -> datetime:
    """In UTC. 24:00 and a leap second are carried over rather than refused."""
    start = datetime(day.year, day.month, day.day, tzinfo=where)
    naive = start.replace(tzinfo=None) + timedelta(hours=hour, minutes=minute, seconds=min(second, 59))
    if hour > 24 or minute > 59:
        raise ValueError("no such hour")
    return naive.replace(tzinfo=where).astimezone(UTC)
