"""What people type, understood: hours, zones, windows, languages. Pure; errors are `UsageError`.

Arabic-Indic and Persian digits count as digits everywhere, and a zone may be named by its IANA name or by
its city in Arabic or English, as CLDR writes it («الرياض», `riyadh`).
"""

import re
from collections.abc import Sequence
from datetime import timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo, available_timezones

from babel import Locale
from babel.core import get_global

from bot.errors import UsageError
from summaries.text import fold

_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "01234567890123456789")
_HOUR = re.compile(r"(\d{1,2})(?:[:٫.](\d{2}))?\s*(am|pm|ص|م|صباحا|صباحًا|مساء|مساءً)?", re.IGNORECASE)
_NUMBER = re.compile(r"\d{1,4}(?:[:٫.]\d{2})?")
_HOURS_OF = {
    **dict.fromkeys(("h", "hour", "hours", "س", "ساعه", "ساعات"), 1),
    **dict.fromkeys(("d", "day", "days", "ي", "يوم", "ايام", "يوما"), 24),
    **dict.fromkeys(("w", "week", "weeks", "اسبوع", "اسابيع", "اسبوعا"), 168),
}
_WINDOW = re.compile(rf"(\d{{1,4}})\s*({'|'.join(_HOURS_OF)})")
_HALVES = frozenset(("am", "pm", "ص", "م", "صباحا", "مساء"))
LONGEST_WINDOW = timedelta(days=31)
DEFAULT_WINDOW = timedelta(hours=24)


def digits(text: str) -> str:
    """Arabic-Indic and Persian digits as 0-9."""
    return text.translate(_DIGITS)


def minute_of_day(text: str) -> int:
    """`08:00`, `٨:٣٠`, `8pm`, `8 م` as minutes after midnight, 0-1439.

    Raises `UsageError("usage.hour")`.
    """
    found = _HOUR.fullmatch(digits(text).strip())
    if found is None:
        raise UsageError("usage.hour", hour=text)
    hour, minute, half = int(found[1]), int(found[2] or 0), (found[3] or "").lower()
    if half:
        if not 1 <= hour <= 12:
            raise UsageError("usage.hour", hour=text)
        hour = hour % 12 + (12 if half in {"pm", "م", "مساء", "مساءً"} else 0)
    elif found[2] is None and len(found[1]) > 2:
        raise UsageError("usage.hour", hour=text)
    if hour > 23 or minute > 59:
        raise UsageError("usage.hour", hour=text)
    return hour * 60 + minute


def zone_name(text: str) -> str:
    """The IANA name of a zone given by name or by city. Raises `UsageError("usage.zone")`."""
    found = _zones().get(_zone_key(text))
    if found is None:
        raise UsageError("usage.zone", zone=text)
    return found


def window(text: str) -> timedelta:
    """`24h`, `3d`, `٢٤ ساعة`, `1w`: an hour to 31 days. Raises `UsageError("usage.window")`."""
    found = _as_window(text)
    if found is None:
        raise UsageError("usage.window", window=text)
    length = timedelta(hours=int(found[1]) * _HOURS_OF[found[2]])
    if not timedelta(hours=1) <= length <= LONGEST_WINDOW:
        raise UsageError("usage.window", window=text)
    return length


def is_window(text: str) -> bool:
    return _as_window(text) is not None


def _as_window(text: str) -> re.Match[str] | None:
    return _WINDOW.fullmatch(fold(digits(text)).strip().lower())


def with_units(words: Sequence[str]) -> list[str]:
    """The words, a number and what it counts as one of them: `3 d`, `٣ أيام`, `8 pm`."""
    made: list[str] = []
    for word in words:
        counted = fold(word).lower() in _HOURS_OF or fold(word).lower() in _HALVES
        if counted and made and _NUMBER.fullmatch(digits(made[-1])):
            made[-1] += f" {word}"
        else:
            made.append(word)
    return made


def language(text: str) -> str:
    """`ar` or `en`, also as العربية, عربي, English, إنجليزي. Raises `UsageError("usage.language")`."""
    names = {"ar": "ar", "arabic": "ar", "العربيه": "ar", "عربي": "ar", "عربيه": "ar", "en": "en"}
    names |= {"english": "en", "الانجليزيه": "en", "انجليزي": "en", "انجليزيه": "en"}
    found = names.get(fold(text.strip()).lower())
    if found is None:
        raise UsageError("usage.language", language=text)
    return found


@lru_cache(maxsize=1)
def _available() -> frozenset[str]:
    """Every zone of this machine, read once: it costs a walk through the files."""
    return frozenset(available_timezones())


@lru_cache(maxsize=1)
def _zones() -> dict[str, str]:
    zones: dict[str, str] = {}
    for code in ("en", "ar"):
        for name, data in Locale.parse(code).time_zones.items():
            if "city" in data and name in _available():
                zones.setdefault(_zone_key(data["city"]), name)
    for name in sorted(_available()):
        zones.setdefault(_zone_key(name.rpartition("/")[2]), name)
        zones[_zone_key(name)] = name
    for city, name in _CITIES.items():
        zones.setdefault(_zone_key(city), name)
    for code in ("ar", "en"):
        countries = Locale.parse(code).territories
        for territory in get_global("territory_zones"):
            if territory in countries:
                zones.setdefault(_zone_key(countries[territory]), guessed_zone(f"und-{territory}"))
    return zones


def guessed_zone(*tags: str | None) -> str:
    """The zone where most people of a locale live (CLDR): of `ar-SA` its country, of `ar` alone Cairo. The first
    tag that tells anything decides; UTC where none does.
    """
    for tag in tags:
        if not tag:
            continue
        parts = re.split(r"[-_]", tag)
        country = next((part for part in parts[1:] if len(part) == 2), None)
        if country is None:
            country = str(get_global("likely_subtags").get(parts[0].lower(), "")).rpartition("_")[2]
        zones = get_global("territory_zones").get(country.upper(), [])
        known = [zone for zone in zones if zone in _available()]
        if known:
            return str(_MAIN.get(country.upper(), known[0]))
    return "UTC"


_MAIN = {  # where a country has several, that of most of its people
    "US": "America/New_York", "CA": "America/Toronto", "GB": "Europe/London", "DE": "Europe/Berlin",
    "ES": "Europe/Madrid", "PT": "Europe/Lisbon", "RU": "Europe/Moscow", "BR": "America/Sao_Paulo",
    "AU": "Australia/Sydney", "PS": "Asia/Gaza", "MY": "Asia/Kuala_Lumpur", "ID": "Asia/Jakarta",
    "MX": "America/Mexico_City", "CN": "Asia/Shanghai",
}  # fmt: skip


_CITIES = {  # large Arab cities and short names of countries that CLDR names no zone by
    "الرباط": "Africa/Casablanca", "rabat": "Africa/Casablanca", "مراكش": "Africa/Casablanca",
    "فاس": "Africa/Casablanca", "جدة": "Asia/Riyadh", "jeddah": "Asia/Riyadh", "مكة": "Asia/Riyadh",
    "المدينة": "Asia/Riyadh", "الدمام": "Asia/Riyadh", "السعودية": "Asia/Riyadh", "أبوظبي": "Asia/Dubai",
    "أبو ظبي": "Asia/Dubai", "abu dhabi": "Asia/Dubai", "الشارقة": "Asia/Dubai", "الإمارات": "Asia/Dubai",
    "الدوحة": "Asia/Qatar", "doha": "Asia/Qatar", "المنامة": "Asia/Bahrain", "manama": "Asia/Bahrain",
    "صنعاء": "Asia/Aden", "sanaa": "Asia/Aden", "الإسكندرية": "Africa/Cairo", "alexandria": "Africa/Cairo",
    "البصرة": "Asia/Baghdad", "الموصل": "Asia/Baghdad", "أربيل": "Asia/Baghdad", "حلب": "Asia/Damascus",
    "رام الله": "Asia/Hebron", "ramallah": "Asia/Hebron", "نابلس": "Asia/Hebron",
    "تل أبيب": "Asia/Jerusalem", "حيفا": "Asia/Jerusalem", "بنغازي": "Africa/Tripoli",
    "وهران": "Africa/Algiers", "واشنطن": "America/New_York", "washington": "America/New_York",
    "إسطنبول": "Europe/Istanbul", "طرابلس": "Africa/Tripoli",
}  # fmt: skip


def _zone_key(text: str) -> str:
    return re.sub(r"[\s_]+", " ", fold(text).strip().lower())


def zone(name: str) -> ZoneInfo:
    return ZoneInfo(name)
