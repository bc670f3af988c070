"""What a name is, and where a text mentions one."""

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What a name stands for."""

    PERSON = "person"
    OFFICE = "office"  # a post, a spokesperson, officials without a name
    GOVERNMENT = "government"
    MINISTRY = "ministry"
    ARMY = "army"
    PARLIAMENT = "parliament"
    COUNTRY = "country"
    DEMONYM = "demonym"  # an adjective or people: إسرائيلي، الأمريكيون
    CITY = "city"
    PLACE = "place"
    OUTLET = "outlet"
    AGENCY = "agency"
    BODY = "body"  # an international organisation
    GROUP = "group"  # a party, movement, company, institute
    TITLE = "title"  # a title without a country: الوزير، اللواء
    NONE = "none"  # looks like a name and is not: تايمز سكوير


@dataclass(frozen=True, slots=True)
class Name:
    """One person, office, outlet or place.

    `canonical` is the English name, `arabic` the usual Arabic one. `side` is whom it belongs to or speaks for
    (`us`, `israel`, `palestinian` …), empty where it speaks for nobody; an outlet has a `country`, never a side.
    `roles` are words such as `president`, `spokesperson`, `unnamed`, `metonym`, `opposition`, `former`.
    """

    id: str
    canonical: str
    arabic: str
    kind: Kind
    side: str = ""
    country: str = ""
    roles: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Mention:
    """Where a name stands, without the clitics before it; offsets of the text as given."""

    start: int
    end: int
    name: Name
