"""What people type, understood: zones, windows, languages; hours are in `hours`. Pure; errors are `UsageError`.

Arabic-Indic and Persian digits count as digits everywhere, and a zone may be named by its IANA name or by
its city in Arabic or English, as CLDR writes it («الرياض», `riyadh`).
"""

import re
from collections.abc import Sequence
from datetime import timedelta
from difflib import get_close_matches
from functools import lru_cache
from zoneinfo import ZoneInfo, available_timezones

from babel import Locale
from babel.core import get_global

from bot.commands.hours import digits, goes_on
from bot.errors import UsageError
from summaries.text import fold

_NUMBER = re.compile(r"\d{1,4}(?:[:٫.]\d{2})?")
_HOURS_OF = {
    **dict.fromkeys(("h", "hour", "hours", "س", "ساعه", "ساعات"), 1),
    **dict.fromkeys(("d", "day", "days", "ي", "يوم", "ايام", "يوما"), 24),
    **dict.fromkeys(("w", "week", "weeks", "اسبوع", "اسابيع", "اسبوعا"), 168),
}
_GREENWICH = re.compile(
    r"(?:توقيت )?(?:gmt|utc|غرينتش|غرينيتش|جرينتش|جرينيتش) ?([+\-−–]) ?0?(\d{1,2})(?::?00)?"
)
_TWO = {  # Arabic counts two without a number
    "ساعتين": "2h", "ساعتان": "2h", "يومين": "2d", "يومان": "2d", "اسبوعين": "2w", "اسبوعان": "2w",
}  # fmt: skip
_OF_TIME = re.compile(r"^ب?توقيت (?=\S)")  # «بتوقيت الرياض», as we write it
_WINDOW = re.compile(rf"(\d{{1,4}})\s*({'|'.join(_HOURS_OF)})")
LONGEST_WINDOW = timedelta(days=31)
DEFAULT_WINDOW = timedelta(hours=24)


def zone_name(text: str) -> str:
    """The IANA name of a zone given by name, by city or country, or as so many hours from Greenwich: `GMT+3` is three
    hours east, as people mean it, though POSIX (and IANA's `Etc/GMT+3`) counts west. Raises `UsageError`: `usage.zone`,
    or `usage.zone_near` with what it resembles.
    """
    key = _OF_TIME.sub("", _zone_key(text))
    found = _from_greenwich(key) or _zones().get(key)
    if found is not None:
        return found
    named = [name for name in _zones() if "gmt" not in name]  # who counts from Greenwich mistyped no name
    near = get_close_matches(key, named, n=1, cutoff=0.75)
    if near and len(key) > 2:
        raise UsageError("usage.zone_near", zone=text, near=_labels()[near[0]])
    raise UsageError("usage.zone", zone=text)


def _from_greenwich(key: str) -> str | None:
    """The zone that is always so many whole hours from Greenwich."""
    found = _GREENWICH.fullmatch(digits(key))
    if found is None or int(found[2]) > (14 if found[1] == "+" else 12):
        return None
    hours = int(found[2])
    return f"Etc/GMT{'-' if found[1] == '+' else '+'}{hours}" if hours else "UTC"


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
    written = fold(digits(text)).strip().lower()
    return _WINDOW.fullmatch(_TWO.get(written, written))


def with_units(words: Sequence[str]) -> list[str]:
    """The words, a number and what it counts as one of them: `3 d`, `٣ أيام`, `8 pm`, «الثامنة والنصف مساء»."""
    made: list[str] = []
    for word in (each for each in words if fold(each) != "الساعه"):
        counted = fold(word).lower() in _HOURS_OF and made and _NUMBER.fullmatch(digits(made[-1]))
        if counted or (made and goes_on(made[-1], word)):
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
    """Every zone that is the same on all machines, read once: it costs a walk through the files. `localtime` is what
    this machine is set to, and `Factory` what none was set to.
    """
    return frozenset(available_timezones()) - {"localtime", "Factory"}


@lru_cache(maxsize=1)
def _labels() -> dict[str, str]:
    """Every name of a zone as it is written, by its key."""
    labels = {_zone_key(name): name for name in _available()}
    labels |= {
        _zone_key(name.rpartition("/")[2]): name.rpartition("/")[2].replace("_", " ") for name in _available()
    }
    for code in ("en", "ar"):
        locale = Locale.parse(code)
        written = [
            *locale.territories.values(),
            *(d["city"] for d in locale.time_zones.values() if "city" in d),
        ]
        labels |= {_zone_key(name): name for name in written}
    return labels | {_zone_key(city): city for city in _CITIES}


@lru_cache(maxsize=1)
def _zones() -> dict[str, str]:
    zones: dict[str, str] = {}
    for code in ("en", "ar"):
        for name, data in Locale.parse(code).time_zones.items():
            if "city" in data and name in _available():
                zones.setdefault(_zone_key(data["city"]), name)
    for name in sorted(_available()):
        if not name.startswith("Etc/GMT"):  # what they are called by people means the opposite
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
    "تل أبيب": "Asia/Jerusalem", "حيفا": "Asia/Jerusalem", "haifa": "Asia/Jerusalem", "بنغازي": "Africa/Tripoli",
    "وهران": "Africa/Algiers", "واشنطن": "America/New_York", "washington": "America/New_York",
    "إسطنبول": "Europe/Istanbul", "طرابلس": "Africa/Tripoli",
}  # fmt: skip


def _zone_key(text: str) -> str:
    return re.sub(r"[\s_]+", " ", fold(text).strip().lower())


def zone(name: str) -> ZoneInfo:
    return ZoneInfo(name)
