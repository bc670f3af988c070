"""Gazetteer files: groups of names in TOML, with spellings written once.

    [[group]]
    kind = "person"
    side = "us"
    roles = ["envoy"]
    [group.names]
    "Brett McGurk" = "بريت ماك(غ)[كغ]ورك | ?ماكغورك"

Spellings are divided by `|`. `[غج]` is one of these letters, `(ا)` a letter that may be missing. `?` before a
spelling: known only where the text also has a fuller one. `^`: only after a word such as «صحيفة» or «قناة», or
where its marks show that it is a name: «"الحياة"», «تلغراف (Telegraph)».

    [[country]]          gives a country, its demonym in all forms and each office of `[[office]]` for it
    [[office]]           a pattern over {m} {f} (الأمريكي، الأمريكية), {im} {if} (without ال), {p} {ip} (plural),
                         {n} (the country)
"""

import itertools
import re
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from summaries.errors import KawalisError
from summaries.names.kinds import Kind, Name
from summaries.text import tokens

_PIECES = re.compile(r"\[([^\]]+)\]|\(([^)]+)\)|([^\[\]()]+)")
_SPEAKS_FOR_STATE = frozenset((Kind.OFFICE, Kind.GOVERNMENT, Kind.MINISTRY, Kind.ARMY, Kind.PARLIAMENT))
_CARRIERS = (
    "صحيفة", "الصحيفة", "جريدة", "موقع", "موقعي", "قناة", "القناة", "شبكة", "وكالة", "مجلة", "إذاعة", "تلفزيون",
    "صحيفتي", "صحيفتا", "منصة", "محطة", "راديو", "فضائية", "تليفزيون", "يومية", "وكالتي", "قناتي", "شبكتي",
)  # fmt: skip


class GazetteerError(KawalisError):
    """A gazetteer file that cannot be read as one."""


@dataclass(frozen=True, slots=True)
class Spelling:
    """A folded spelling as it is searched for. `weak`: needs a fuller one in the same text. `bare`: a word of the
    language too, so that it must stand in quotation marks, before a Latin name, or open a title.
    """

    key: str
    name: Name
    weak: bool = False
    bare: bool = False


def parse(texts: Iterable[str]) -> tuple[Spelling, ...]:
    """The spellings of all files; offices are multiplied by countries. Raises `GazetteerError`."""
    documents = [_document(text) for text in texts]
    groups = [group for document in documents for group in document.get("group", ())]
    countries = [country for document in documents for country in document.get("country", ())]
    offices = [office for document in documents for office in document.get("office", ())]
    found: dict[tuple[str, str], Spelling] = {}
    try:
        spellings = itertools.chain(
            *map(_of_group, groups), *map(_of_country, countries), _of_offices(offices, countries)
        )
        for spelling in spellings:
            found.setdefault((spelling.key, spelling.name.id), spelling)
    except (KeyError, ValueError, AttributeError) as error:
        raise GazetteerError("gazetteer.bad", cause=repr(error)) from error
    return tuple(found.values())


def _document(text: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise GazetteerError("gazetteer.not_toml", cause=str(error)) from error


def _of_group(group: dict[str, Any]) -> Iterator[Spelling]:
    for canonical, written in group["names"].items():
        name = _name(group, canonical, written)
        yield from _spellings(written, name)
        if (
            name.kind in (Kind.OUTLET, Kind.AGENCY) and "(" not in canonical
        ):  # often given in Latin letters too
            yield Spelling(search_key(canonical.removeprefix("The ")), name)


def _name(given: dict[str, Any], canonical: str, written: str) -> Name:
    kind = Kind(given["kind"])
    first = next(expand(written.split("|")[0].strip().lstrip("?^")))
    return Name(
        id=f"{kind}:{canonical}",
        canonical=canonical,
        arabic=first,
        kind=kind,
        side=given.get("side", ""),
        country=given.get("country", ""),
        roles=frozenset(given.get("roles", ())),
    )


def _spellings(written: str, name: Name) -> Iterator[Spelling]:
    for part in map(str.strip, written.split("|")):
        for plain in expand(part.lstrip("?^")):
            if "^" in part[:2]:
                for carrier in _CARRIERS:
                    yield Spelling(search_key(f"{carrier} {plain}"), name)
                yield Spelling(search_key(plain), name, weak=True, bare=True)
            else:
                yield Spelling(search_key(plain), name, weak=part.startswith("?"))


def search_key(text: str) -> str:
    """The folded words of a text with single blanks: what spellings and texts are compared as."""
    return " ".join(token.folded for token in tokens(text))


def expand(written: str) -> Iterator[str]:
    """All spellings of a pattern, the usual one first.

    >>> list(expand("[غج]ال(ا)نت"))
    ['غالانت', 'غالنت', 'جالانت', 'جالنت']
    """
    choices = [
        tuple(one) if one else (maybe, "") if maybe else (plain,)
        for one, maybe, plain in _PIECES.findall(written)
    ]
    return map("".join, itertools.product(*choices))


def _of_country(country: dict[str, Any]) -> Iterator[Spelling]:
    named = {"side": country["id"], "country": country["id"]}
    yield from _spellings(country["ar"], _name({**named, "kind": "country"}, country["en"], country["ar"]))
    if "capital" in country:
        capital, written = country["capital"]
        metonym = {**named, "kind": "city", "roles": ("metonym",)}
        yield from _spellings(written, _name(metonym, capital, written))
    demonym = _name({**named, "kind": "demonym"}, country["demonym"], country["adjective"])
    for form in _adjectives(country):
        for ending in ("", "ة", "ا", "ين", "ون", "ات", "ان", "تين", "تان"):
            for article in ("", "ال"):
                yield Spelling(search_key(article + form + ending), demonym)


def _adjectives(country: dict[str, Any]) -> list[str]:
    return [plain for part in country["adjective"].split("|") for plain in expand(part.strip())]


def _of_offices(offices: list[dict[str, Any]], countries: list[dict[str, Any]]) -> Iterator[Spelling]:
    for country in countries:
        names = [plain for part in country["ar"].split("|") for plain in expand(part.strip().lstrip("?^"))]
        for office in offices:
            side = country["id"] if Kind(office["kind"]) in _SPEAKS_FOR_STATE else ""
            given = {**office, "side": side, "country": country["id"]}
            canonical = office["en"].format(d=country["demonym"], n=country["en"])
            shown = office["ar"].split("|")[0].strip()
            name = _name(given, canonical, _filled(shown, _adjectives(country)[0], names[0]))
            for pattern in map(str.strip, office["ar"].split("|")):
                yield from _filled_all(pattern, _adjectives(country), names, name)


def _filled_all(pattern: str, adjectives: list[str], names: list[str], name: Name) -> Iterator[Spelling]:
    for plain in expand(pattern):
        for adjective in adjectives if "{n}" not in plain else adjectives[:1]:
            for country in names if "{n}" in plain else names[:1]:
                for plural in ("ين", "ون") if "{p}" in plain or "{ip}" in plain else ("",):
                    yield Spelling(search_key(_filled(plain, adjective, country, plural)), name)


def _filled(pattern: str, adjective: str, country: str, plural: str = "ين") -> str:
    return pattern.format(
        m=f"ال{adjective}",
        f=f"ال{adjective}ة",
        im=adjective,
        **{"if": f"{adjective}ة"},
        p=f"ال{adjective}{plural}",
        ip=f"{adjective}{plural}",
        n=country,
    )
